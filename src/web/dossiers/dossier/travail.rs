//! What a CPAM says to itself about a file: who looks at it, who handles it, labels, notes, files around it.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use regles::appel::EtatAppel;
use regles::droits::{AGENTS, INSTRUCTION, Role};
use regles::notification::Chemin;
use regles::texte;

use super::super::courriel;
use super::super::mots;
use super::super::objet::adresse;
use crate::actions::suivi;
use crate::clock::jour_a_paris;
use crate::db::appel::Appel;
use crate::db::cadre;
use crate::db::courriel::CourrielPerdu;
use crate::db::demande::Demande;
use crate::db::depart::Depart;
use crate::db::etiquette::Etiquette;
use crate::db::evenement::Evenement;
use crate::db::fiche::Fiche;
use crate::db::file_comptes::Agent;
use crate::db::note::Note;
use crate::db::presence::{self, Present};
use crate::db::voisinage::{self, Lien, Voisinage, Voisine};
use crate::db::{AnyConn, DbResult};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::nouveautes;
use crate::web::ui::{Champ, Message, Pastille, composant};
use crate::web::visite::Visite;

/// Somebody is said to look at a file for so long after its page was read, in minutes.
const PRESENCE_MINUTES: i64 = 5;
/// The row is refreshed at most once in so long, in seconds: a page read again writes nothing.
const RAFRAICHIR_SECONDES: i64 = 60;

/// Files at the same door shown at once; the others are behind a sentence.
const CABINETS_MONTRES: usize = 2;

/// Warnings shown at most.
const AVERTISSEMENTS_MAX: usize = 3;

/// What these blocks need of a case, whatever its nature.
#[derive(Debug, Clone, Copy)]
pub struct Cas<'a> {
    /// Its number.
    pub numero: &'a str,
    /// Whether somebody still has to act.
    pub ouvert: bool,
    /// The agent in charge.
    pub assigne_a: Option<i64>,
    /// Grows with every change.
    pub version: i32,
}

impl<'a> From<&'a Demande> for Cas<'a> {
    fn from(d: &'a Demande) -> Cas<'a> {
        Cas {
            numero: &d.numero,
            ouvert: d.etat.en_cours(),
            assigne_a: d.assigne_a,
            version: d.version,
        }
    }
}

impl<'a> From<&'a Depart> for Cas<'a> {
    fn from(d: &'a Depart) -> Cas<'a> {
        Cas {
            numero: &d.numero,
            ouvert: d.ouvert,
            assigne_a: d.assigne_a,
            version: d.version,
        }
    }
}

impl<'a> From<&'a Appel> for Cas<'a> {
    fn from(a: &'a Appel) -> Cas<'a> {
        Cas {
            numero: &a.numero,
            ouvert: a.etat == EtatAppel::Ouvert,
            assigne_a: a.assigne_a,
            version: a.version,
        }
    }
}

/// What the page reads besides the file.
pub struct Travail {
    /// Internal notes.
    pub notes: Vec<Note>,
    /// Labels that it has.
    pub posees: Vec<Etiquette>,
    /// Those who look at it.
    pub presents: Vec<Present>,
    /// Mails that did not arrive.
    pub perdus: Vec<CourrielPerdu>,
    /// Who took it, when that is the last thing that happened.
    pub prise_par: Option<i64>,
    /// Its number.
    pub numero: String,
    /// What is around it.
    pub voisinage: Voisinage,
}

/// A file around this one.
struct VoisineVue {
    lien: &'static str,
    libelle: String,
    url: String,
    pastille: Option<Pastille>,
}

/// The notes, in the main column: `{{ notes }}`.
#[derive(Template)]
#[template(path = "dossiers/travail/notes.html")]
pub struct NotesVue {
    notes: Vec<Note>,
    url: String,
    ecrit: bool,
    agents: Vec<Agent>,
    caches: Vec<Champ>,
}

/// Labels, assignment, files around, in the aside: `{{ cote }}`.
#[derive(Template)]
#[template(path = "dossiers/travail/cote.html")]
pub struct CoteVue {
    numero: String,
    organise: bool,
    assigne: bool,
    /// Who handles it, where a button takes it in charge: her account, nothing when nobody does.
    prendre: Option<String>,
    /// Whether taking it is the last thing that happened: it is given back by a button.
    rendre: bool,
    assigne_a: Option<i64>,
    prise_par: Option<i64>,
    version: i32,
    vu: i64,
    csrf: Champ,
    posees: Vec<Etiquette>,
    proposees: Vec<Etiquette>,
    agents: Vec<Agent>,
    voisines: Vec<VoisineVue>,
    /// Other files at the same door, and how many in words.
    cabinets: Vec<VoisineVue>,
    combien: String,
}

impl CoteVue {
    /// With a button to take the case in charge, for who may and does not handle it: the page of a request has its own.
    pub fn a_prendre(mut self, moi: i64) -> CoteVue {
        if self.assigne && self.assigne_a != Some(moi) {
            self.prendre = Some(self.assigne_a.map_or_else(String::new, |id| id.to_string()));
        }
        self.a_rendre(moi)
    }

    /// With a button to give the case back, for who just took it.
    pub fn a_rendre(mut self, moi: i64) -> CoteVue {
        self.rendre = self.assigne && self.assigne_a == Some(moi) && self.prise_par == Some(moi);
        self
    }

    fn suit(&self, agent: &Agent) -> bool {
        self.assigne_a == Some(agent.id)
    }
}

composant!(NotesVue, CoteVue);

/// Since when somebody who read the page of a file is said to look at it.
pub fn presents_depuis(maintenant: NaiveDateTime) -> NaiveDateTime {
    maintenant - TimeDelta::minutes(PRESENCE_MINUTES)
}

/// Who took a case, when that is the last thing that happened to it.
pub fn prise_par(evenements: &[Evenement]) -> Option<i64> {
    let dernier = evenements.last()?;
    suivi::prise(dernier).and(dernier.acteur.id)
}

impl Travail {
    /// What was read of a case that has no neighbours: a departure, a call. Reads the labels and the agents of its CPAM.
    pub fn sans_voisins(
        conn: &mut AnyConn,
        fiche: &mut Fiche,
        (numero, caisse): (&str, &str),
        jour: NaiveDate,
    ) -> DbResult<Travail> {
        let (etiquettes, agents) = cadre::pour_suivre(conn, caisse, jour)?;
        Ok(Travail {
            notes: std::mem::take(&mut fiche.notes),
            posees: std::mem::take(&mut fiche.etiquettes),
            presents: std::mem::take(&mut fiche.presents),
            perdus: std::mem::take(&mut fiche.perdus),
            prise_par: prise_par(&fiche.evenements),
            numero: numero.to_owned(),
            voisinage: Voisinage {
                etiquettes,
                agents,
                demandes: Vec::new(),
                departs: Vec::new(),
                chemin: Chemin::PasEncore,
            },
        })
    }

    /// Notes that this person looks at the file, unless it was just noted.
    pub async fn signaler(&self, visite: &Visite, dossier_id: i64) -> Result<(), WebError> {
        nouveautes::lue(visite, dossier_id).await?;
        let qui = visite.qui()?;
        let (moi, maintenant) = (qui.compte_id, visite.maintenant());
        let recente = self.presents.iter().any(|p| {
            p.compte_id == moi && maintenant - p.vue_le < TimeDelta::seconds(RAFRAICHIR_SECONDES)
        });
        if recente || !AGENTS.permet(Some(qui.role)) {
            return Ok(());
        }
        let oubli = maintenant - TimeDelta::days(1);
        visite
            .noter("presence", move |tx| {
                Ok(presence::noter(tx, dossier_id, moi, maintenant, oubli)?)
            })
            .await;
        Ok(())
    }

    /// The name of who handles the case.
    pub fn suivi_par(&self, cas: Cas<'_>) -> String {
        let agents = &self.voisinage.agents;
        match cas.assigne_a {
            None => "Personne".to_owned(),
            Some(id) => agents
                .iter()
                .find(|a| a.id == id)
                .map_or_else(|| "Un compte fermé".to_owned(), Agent::nom_complet),
        }
    }

    /// What did not arrive, then who else looks at the case.
    pub fn presences(&self, moi: i64) -> Vec<Message> {
        let mut messages = courriel::messages(&self.numero, &self.perdus);
        let autres: Vec<String> = self
            .presents
            .iter()
            .filter(|p| p.compte_id != moi)
            .map(|p| {
                format!(
                    "{} {} (depuis {})",
                    p.prenom,
                    p.nom,
                    texte::heure_dite(p.vue_le)
                )
            })
            .collect();
        if !autres.is_empty() {
            messages.push(Message::information(format!(
                "Ce dossier est aussi ouvert par {}.",
                autres.join(", ")
            )));
        }
        messages
    }

    /// Who else looks at the file, and requests that may be the same one.
    pub fn messages(&self, d: &Demande, moi: i64) -> Vec<Message> {
        let mut messages = self.presences(moi);
        if !d.etat.en_cours() {
            return messages;
        }
        // The rest is in the list of related files.
        let ouvertes = self
            .voisinage
            .demandes
            .iter()
            .filter(|(_, v)| v.etat.en_cours());
        for (lien, v) in ouvertes.take(AVERTISSEMENTS_MAX) {
            let phrase = match lien {
                Lien::Personne if v.bassin_code == d.bassin_code => format!(
                    "Doublon possible : {} {} a une autre demande ouverte dans la même zone ({}, {}).",
                    v.prenom,
                    v.nom,
                    v.nature.libelle().to_lowercase(),
                    v.etat.libelle().to_lowercase()
                ),
                Lien::Personne => format!(
                    "{} {} a une autre demande ouverte, à {}.",
                    v.prenom, v.nom, v.commune
                ),
                Lien::Place => format!(
                    "Une autre demande est ouverte sur la même place, celle {} : un départ n’ouvre qu’une arrivée.",
                    texte::de(format!("{} {}", v.prenom, v.nom))
                ),
                Lien::Cabinet => continue,
            };
            messages.push(Message::attention(phrase).lien(
                format!("Voir le dossier {}", v.numero),
                adresse(&v.numero, ""),
            ));
        }
        messages
    }

    /// The notes, for who may write them or only read them.
    pub fn notes(&self, cas: Cas<'_>, role: Role, csrf: Champ) -> NotesVue {
        NotesVue {
            notes: self.notes.clone(),
            url: adresse(cas.numero, "notes"),
            ecrit: AGENTS.permet(Some(role)),
            agents: self.voisinage.agents.clone(),
            caches: vec![csrf, Champ::cache("cle", crate::secret::jeton())],
        }
    }

    /// Labels, assignment, files around.
    pub fn cote(&self, cas: Cas<'_>, role: Role, vu: i64, csrf: Champ) -> CoteVue {
        let proposees = self
            .voisinage
            .etiquettes
            .iter()
            .filter(|e| !self.posees.contains(e))
            .cloned()
            .collect();
        // At one door, what is open matters first.
        let (mut portes, liees): (Vec<_>, Vec<_>) = self
            .voisinage
            .demandes
            .iter()
            .partition(|(lien, _)| *lien == Lien::Cabinet);
        portes.sort_by_key(|(_, v)| !v.etat.en_cours());
        let toutes = i64::try_from(portes.len()).is_ok_and(|n| n < voisinage::VOISINES_MAX);
        let vue = |(lien, v): &(Lien, Voisine)| VoisineVue {
            lien: match lien {
                Lien::Personne => "Même personne",
                Lien::Place => "Même place",
                Lien::Cabinet => "Même adresse",
            },
            libelle: format!(
                "{}, {} {}, {}, déposé le {}",
                v.numero,
                v.prenom,
                v.nom,
                v.commune,
                texte::date_courte(jour_a_paris(v.deposee_le))
            ),
            url: adresse(&v.numero, ""),
            pastille: Some(mots::pastille(v.etat)),
        };
        let mut voisines: Vec<VoisineVue> = liees.into_iter().map(vue).collect();
        let cabinets = portes.split_off(portes.len().min(CABINETS_MONTRES));
        voisines.extend(portes.into_iter().map(vue));
        let nombre = i64::try_from(cabinets.len()).unwrap_or(i64::MAX);
        let combien = format!(
            "{}{} à la même adresse",
            texte::pluriel(nombre, "autre dossier", "autres dossiers"),
            if toutes { "" } else { " au moins" }
        );
        voisines.extend(self.voisinage.departs.iter().map(|depart| VoisineVue {
            lien: "Même personne",
            libelle: format!(
                "Cessation à {} le {}",
                depart.commune,
                texte::date_courte(depart.date_cessation)
            ),
            url: format!("/departs/{}", depart.id),
            pastille: None,
        }));
        CoteVue {
            numero: cas.numero.to_owned(),
            organise: AGENTS.permet(Some(role)),
            assigne: INSTRUCTION.permet(Some(role)) && cas.ouvert,
            prendre: None,
            rendre: false,
            prise_par: self.prise_par,
            assigne_a: cas.assigne_a,
            version: cas.version,
            vu,
            csrf,
            posees: self.posees.clone(),
            proposees,
            agents: self
                .voisinage
                .agents
                .iter()
                .filter(|a| INSTRUCTION.permet(Some(a.role)))
                .cloned()
                .collect(),
            voisines,
            cabinets: cabinets.into_iter().map(vue).collect(),
            combien,
        }
    }
}
