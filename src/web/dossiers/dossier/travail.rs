//! What a CPAM says to itself about a file: who looks at it, who handles it, labels, notes, files around it.

use askama::Template;
use chrono::{NaiveDateTime, TimeDelta};
use regles::droits::{AGENTS, INSTRUCTION, Role};
use regles::texte;

use super::super::mots;
use super::super::objet::adresse;
use crate::clock::jour_a_paris;
use crate::db::demande::Demande;
use crate::db::etiquette::{self, Etiquette};
use crate::db::file_comptes::{self, Agent};
use crate::db::note::{self, Note};
use crate::db::presence::{self, Present};
use crate::db::voisinage::{self, DepartVoisin, Lien, Voisine};
use crate::db::{AnyConn, CpamScope, DbResult};
use crate::web::erreur::WebError;
use crate::web::filters;
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

/// What the page reads besides the file.
pub struct Travail {
    notes: Vec<Note>,
    posees: Vec<Etiquette>,
    etiquettes: Vec<Etiquette>,
    agents: Vec<Agent>,
    presents: Vec<Present>,
    voisines: Vec<(Lien, Voisine)>,
    departs: Vec<DepartVoisin>,
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
    assigne_a: Option<i64>,
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
    fn suit(&self, agent: &Agent) -> bool {
        self.assigne_a == Some(agent.id)
    }
}

composant!(NotesVue, CoteVue);

/// Reads what the CPAM says to itself: a fixed number of queries.
///
/// # Errors
/// The refusal of the database.
pub fn lire(
    conn: &mut AnyConn,
    scope: &CpamScope,
    d: &Demande,
    maintenant: NaiveDateTime,
) -> DbResult<Travail> {
    Ok(Travail {
        notes: note::de(conn, d.id)?,
        posees: etiquette::de_dossiers(conn, &[d.id])?
            .into_iter()
            .map(|(_, e)| e)
            .collect(),
        etiquettes: etiquette::de_caisse(conn, &d.caisse_code)?,
        agents: file_comptes::agents(conn, &d.caisse_code)?,
        presents: presence::depuis(
            conn,
            d.id,
            maintenant - TimeDelta::minutes(PRESENCE_MINUTES),
        )?,
        voisines: voisinage::demandes(conn, scope, d)?,
        departs: voisinage::departs(conn, d.kine_id)?,
    })
}

impl Travail {
    /// Notes that this person looks at the file, unless it was just noted.
    pub async fn signaler(&self, visite: &Visite, demande_id: i64) -> Result<(), WebError> {
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
                Ok(presence::noter(tx, demande_id, moi, maintenant, oubli)?)
            })
            .await;
        Ok(())
    }

    /// Who else looks at the file, and requests that may be the same one.
    pub fn messages(&self, d: &Demande, moi: i64) -> Vec<Message> {
        let mut messages = Vec::new();
        let autres: Vec<String> = self
            .presents
            .iter()
            .filter(|p| p.compte_id != moi)
            .map(|p| {
                format!(
                    "{} {} (depuis {})",
                    p.prenom,
                    p.nom,
                    texte::heure_fr(texte::heure_de_paris(p.vue_le))
                )
            })
            .collect();
        if !autres.is_empty() {
            messages.push(Message::information(format!(
                "Ce dossier est aussi ouvert par {}.",
                autres.join(", ")
            )));
        }
        if !d.etat.en_cours() {
            return messages;
        }
        // The rest is in the list of related files.
        let ouvertes = self.voisines.iter().filter(|(_, v)| v.etat.en_cours());
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
                    "Une autre demande est ouverte sur la même place, celle de {} {} : un départ n’ouvre qu’une arrivée (REG-2).",
                    v.prenom, v.nom
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
    pub fn notes(&self, d: &Demande, role: Role, csrf: Champ) -> NotesVue {
        NotesVue {
            notes: self.notes.clone(),
            url: adresse(&d.numero, "notes"),
            ecrit: AGENTS.permet(Some(role)),
            agents: self.agents.clone(),
            caches: vec![csrf, Champ::cache("cle", crate::secret::jeton())],
        }
    }

    /// Labels, assignment, files around.
    pub fn cote(&self, d: &Demande, role: Role, vu: i64, csrf: Champ) -> CoteVue {
        let proposees = self
            .etiquettes
            .iter()
            .filter(|e| !self.posees.contains(e))
            .cloned()
            .collect();
        // At one door, what is open matters first.
        let (mut portes, liees): (Vec<_>, Vec<_>) = self
            .voisines
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
        voisines.extend(self.departs.iter().map(|depart| VoisineVue {
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
            numero: d.numero.clone(),
            organise: AGENTS.permet(Some(role)),
            assigne: INSTRUCTION.permet(Some(role)) && d.etat.en_cours(),
            assigne_a: d.assigne_a,
            version: d.version,
            vu,
            csrf,
            posees: self.posees.clone(),
            proposees,
            agents: self
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
