//! `/dossiers`: what is open, sorted by what falls due.

use std::collections::HashMap;

use actix_web::web;
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::mots::{self, Attente};
use crate::actions::ActionError;
use crate::actions::instruction;
use crate::db::file::{self, Assignation, Filtre, LigneFile};
use crate::db::{CpamScope, DbResult, organisme};
use crate::domain::demande::{EtatDemande, NatureDemande};
use crate::domain::droits::{INSTRUCTION, Role};
use crate::texte;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{EcheanceVue, FiltreVue, LigneQueue, QueueVue, Suite, Vide};
use crate::web::visite::{Reponse, Visite};

/// What the address says of the queue; everything is a link.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Adresse {
    etat: Option<String>,
    suivi: Option<String>,
    nature: Option<String>,
    lignes: Option<String>,
    apres: Option<String>,
    organisme: Option<String>,
}

/// How many rows may be shown.
const LIGNES: [i64; 3] = [25, 50, 100];

#[derive(Template)]
#[template(path = "dossiers/file.html")]
struct FilePage {
    page: Page,
    etats: Vec<FiltreVue>,
    tailles: Vec<FiltreVue>,
    queue: Option<QueueVue>,
    vide: Option<Vide>,
}

#[derive(Template)]
#[template(path = "dossiers/organismes.html")]
struct OrganismesPage {
    page: Page,
    organismes: Vec<Lien>,
}

impl Adresse {
    fn etat(&self) -> Option<EtatDemande> {
        self.etat.as_deref().and_then(|e| e.parse().ok())
    }

    fn nature(&self) -> Option<NatureDemande> {
        self.nature.as_deref().and_then(|n| n.parse().ok())
    }

    fn lignes(&self) -> i64 {
        self.lignes
            .as_deref()
            .and_then(|l| l.parse().ok())
            .filter(|l| LIGNES.contains(l))
            .unwrap_or(LIGNES[0])
    }

    /// The last row seen, as `2026-03-16_42`.
    fn apres(&self) -> Option<(NaiveDate, i64)> {
        let (date, id) = self.apres.as_deref()?.split_once('_')?;
        Some((date.parse().ok()?, id.parse().ok()?))
    }

    /// The address of this queue with one thing changed; the page goes back to the start.
    fn avec(&self, champ: &str, valeur: Option<&str>) -> String {
        let mut champs = [
            ("organisme", self.organisme.as_deref()),
            ("etat", self.etat.as_deref()),
            ("suivi", self.suivi.as_deref()),
            ("nature", self.nature.as_deref()),
            ("lignes", self.lignes.as_deref()),
            ("apres", None),
        ];
        for (nom, place) in &mut champs {
            if *nom == champ {
                *place = valeur;
            }
        }
        let mut requete = url::form_urlencoded::Serializer::new(String::new());
        for (nom, valeur) in champs {
            if let Some(valeur) = valeur {
                requete.append_pair(nom, valeur);
            }
        }
        match requete.finish() {
            vide if vide.is_empty() => "/dossiers".to_owned(),
            requete => format!("/dossiers?{requete}"),
        }
    }
}

/// `GET /dossiers`
///
/// # Errors
/// The database does not answer.
pub async fn page(visite: Visite, adresse: web::Query<Adresse>) -> Reponse {
    let adresse = adresse.into_inner();
    let organisme = match visite.qui()?.scope() {
        CpamScope::Organisme(code) => code,
        _ => match &adresse.organisme {
            Some(code) => code.clone(),
            None => return choisir(&visite, "/dossiers", "Dossiers").await,
        },
    };
    let moi = visite.qui()?.utilisateur_id;
    let filtre = Filtre {
        etat: adresse.etat(),
        assignation: match adresse.suivi.as_deref() {
            Some("moi") => Assignation::A(moi),
            Some("personne") => Assignation::Personne,
            _ => Assignation::Toutes,
        },
        nature: adresse.nature(),
        apres: adresse.apres(),
        // One more than shown: whether there is a next page, without counting.
        lignes: adresse.lignes() + 1,
    };
    let (lignes, attentes) = visite
        .read(move |conn| -> DbResult<_> {
            let lignes = file::demandes(conn, &organisme, &filtre)?;
            let ids: Vec<i64> = lignes
                .iter()
                .filter(|l| matches!(l.etat, EtatDemande::Deposee | EtatDemande::Incomplete))
                .map(|l| l.id)
                .collect();
            let attentes = file::pieces_attendues(conn, &ids)?;
            Ok((lignes, attentes))
        })
        .await?;
    let page = visite
        .page("Dossiers")
        .chapeau("Ce qui est ouvert, le plus urgent d’abord.")
        .rubrique("/dossiers")
        .largeur(Largeur::Pleine);
    let (queue, vide) = queue(&visite, &page, &adresse, lignes, &attentes);
    visite.rendre(&FilePage {
        etats: etats(&adresse),
        tailles: tailles(&adresse),
        queue,
        vide,
        page,
    })
}

fn queue(
    visite: &Visite,
    page: &Page,
    adresse: &Adresse,
    mut lignes: Vec<LigneFile>,
    attentes: &[(i64, bool)],
) -> (Option<QueueVue>, Option<Vide>) {
    let montrees = usize::try_from(adresse.lignes()).unwrap_or(25);
    let suite = lignes.len() > montrees;
    lignes.truncate(montrees);
    let Some(derniere) = lignes.last() else {
        return (None, Some(vide(adresse)));
    };
    let suivant = suite.then(|| {
        let cle = format!("{}_{}", derniere.prochaine_echeance, derniere.id);
        adresse.avec("apres", Some(&cle))
    });
    let mut par_demande: HashMap<i64, Attente> = HashMap::new();
    for (id, recue) in attentes {
        let attente = par_demande.entry(*id).or_default();
        attente.demandees += 1;
        attente.recues += i64::from(*recue);
    }
    let aujourd_hui = visite.aujourd_hui();
    let position = texte::pluriel(
        i64::try_from(lignes.len()).unwrap_or(0),
        "dossier montré",
        "dossiers montrés",
    );
    let role = visite.identite.as_ref().map(|q| q.role);
    let queue = QueueVue {
        filtres: filtres(adresse, role),
        lignes: lignes
            .into_iter()
            .map(|l| {
                let attente = par_demande.get(&l.id).copied().unwrap_or_default();
                ligne(l, attente, aujourd_hui)
            })
            .collect(),
        actions: if INSTRUCTION.permet(role) {
            vec![("prendre".to_owned(), "Prendre en charge".to_owned())]
        } else {
            Vec::new()
        },
        url: "/dossiers".to_owned(),
        csrf: page.contexte.csrf.clone(),
        suite: Suite {
            debut: adresse.apres.is_some().then(|| adresse.avec("apres", None)),
            suivant,
            position,
        },
    };
    (Some(queue), None)
}

fn ligne(l: LigneFile, attente: Attente, aujourd_hui: NaiveDate) -> LigneQueue {
    let raison = mots::raison(&l, attente, aujourd_hui);
    let lieu = if l.commune == l.bassin {
        l.commune
    } else {
        format!("{}, zone de {}", l.commune, l.bassin)
    };
    LigneQueue {
        id: l.id,
        url: super::acte::adresse(&l.numero, ""),
        numero: l.numero,
        nom: format!("{} {}", l.prenom, l.nom),
        nature: format!("{}, {lieu}", l.nature),
        raison,
        etat: mots::pastille(l.etat),
        echeance: Some(EcheanceVue::new(
            mots::nature_echeance(&l.echeance_nature),
            l.prochaine_echeance,
            l.prochaine_echeance,
            aujourd_hui,
        )),
        suivi: l.assigne.map(|(prenom, nom)| format!("{prenom} {nom}")),
    }
}

fn filtres(adresse: &Adresse, role: Option<Role>) -> Vec<FiltreVue> {
    let lien = |libelle: &str, champ: &str, valeur: Option<&str>, actif: bool| FiltreVue {
        libelle: libelle.to_owned(),
        url: adresse.avec(champ, valeur),
        compte: None,
        actif,
    };
    let suivi = adresse.suivi.as_deref();
    let mut filtres = vec![lien("Tous", "suivi", None, suivi.is_none())];
    if role.is_some_and(Role::de_caisse) {
        filtres.push(lien("À moi", "suivi", Some("moi"), suivi == Some("moi")));
    }
    filtres.push(lien(
        "À personne",
        "suivi",
        Some("personne"),
        suivi == Some("personne"),
    ));
    let nature = adresse.nature();
    filtres.push(lien("Toutes natures", "nature", None, nature.is_none()));
    for n in NatureDemande::TOUS {
        filtres.push(lien(
            n.libelle(),
            "nature",
            Some(n.as_str()),
            nature == Some(*n),
        ));
    }
    filtres
}

fn etats(adresse: &Adresse) -> Vec<FiltreVue> {
    let choisi = adresse.etat();
    let lien = |libelle: &str, etat: Option<EtatDemande>| FiltreVue {
        libelle: libelle.to_owned(),
        url: adresse.avec("etat", etat.map(EtatDemande::as_str)),
        compte: None,
        actif: choisi == etat,
    };
    let mut filtres = vec![lien("Ouverts", None)];
    filtres.extend(
        EtatDemande::TOUS
            .iter()
            .map(|e| lien(e.libelle(), Some(*e))),
    );
    filtres
}

fn tailles(adresse: &Adresse) -> Vec<FiltreVue> {
    LIGNES
        .iter()
        .map(|n| FiltreVue {
            libelle: n.to_string(),
            url: adresse.avec("lignes", Some(&n.to_string())),
            compte: None,
            actif: adresse.lignes() == *n,
        })
        .collect()
}

fn vide(adresse: &Adresse) -> Vide {
    let filtre = adresse.etat.is_some() || adresse.suivi.is_some() || adresse.nature.is_some();
    if adresse.apres.is_some() {
        Vide::new(
            "Il n’y a plus rien ensuite",
            "Vous avez vu tous les dossiers de cette liste.",
        )
        .action("Revenir au début", adresse.avec("apres", None))
    } else if filtre {
        Vide::new(
            "Aucun dossier ne répond à ces filtres",
            "Rien n’est en attente ici. Élargissez la liste pour voir les autres dossiers ouverts.",
        )
        .action("Voir tous les dossiers ouverts", "/dossiers")
    } else {
        Vide::new(
            "Aucun dossier ouvert",
            "Toutes les demandes de votre caisse sont closes. Les nouvelles arrivent ici dès leur dépôt.",
        )
        .action("Voir les départs à confirmer", "/departs")
    }
}

/// A national reader chooses a CPAM first: the queue is that of one CPAM.
///
/// # Errors
/// The database does not answer.
pub async fn choisir(visite: &Visite, chemin: &str, titre: &str) -> Reponse {
    let organismes = visite.read(organisme::tous).await?;
    let page = visite
        .page(titre)
        .chapeau("Choisissez une caisse : vous lisez tout, vous ne changez rien.")
        .rubrique(chemin)
        .largeur(Largeur::Pleine);
    visite.rendre(&OrganismesPage {
        page,
        organismes: organismes
            .into_iter()
            .map(|o| {
                Lien::new(
                    format!("{} · {}", o.code, o.nom),
                    format!("{chemin}?organisme={}", o.code),
                )
            })
            .collect(),
    })
}

/// `POST /dossiers`: takes the selected requests in charge; those that somebody else holds are told.
///
/// # Errors
/// The database does not answer.
pub async fn lot(visite: Visite, saisie: Saisie) -> Reponse {
    let acte = visite.acte()?;
    let scope = visite.qui()?.scope();
    let ids: Vec<i64> = saisie
        .tous("dossier")
        .filter_map(|id| id.parse().ok())
        .take(100)
        .collect();
    let mut pris = 0;
    let mut refuses = 0;
    for id in ids {
        let (acte, scope) = (acte.clone(), scope.clone());
        let resultat = visite
            .write(move |tx| {
                let numero = crate::db::demande_etat::numero(tx, id)?;
                instruction::prendre(tx, &acte, &scope, &numero, None)
            })
            .await;
        match resultat {
            Ok(()) => pris += 1,
            Err(ActionError::Refus(_)) => refuses += 1,
            Err(autre) => return Err(autre.into()),
        }
    }
    let mut message = format!(
        "{} en charge.",
        texte::pluriel(pris, "dossier pris", "dossiers pris")
    );
    if refuses > 0 {
        message.push_str(&format!(
            " {} déjà : rien n’a changé pour eux.",
            texte::pluriel(refuses, "autre est suivi", "autres sont suivis")
        ));
    }
    visite.rediriger_avec("/dossiers", &message)
}
