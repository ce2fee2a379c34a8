//! `/departs`: the declared cessations of a CPAM, oldest first, and the answer to each.

pub mod ayants_droit;
mod corriger;
mod depart;
mod designations;
mod formulaires;
mod pieces;
mod reponses;
mod zone;

pub use corriger::{corriger, page_corriger};
pub use depart::{page, pastille_place};
pub use pieces::{examiner_piece, page_pieces};
pub use reponses::{confirmer, noter_avis, rejeter};

use actix_web::web;
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::page::{Largeur, Page};
use super::ui::{Etat, FiltreVue, Pastille, Suite, Vide};
use super::visite::{Reponse, Visite};
use super::{dossiers, filters};
use crate::db::CpamScope;
use crate::db::cessation::EtatCessation;
use crate::db::file::{self, LigneDepart};

/// What the address says of the queue.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Adresse {
    etat: Option<String>,
    apres: Option<String>,
    organisme: Option<String>,
}

const LIGNES: i64 = 50;

#[derive(Template)]
#[template(path = "departs/file.html")]
struct FilePage {
    page: Page,
    filtres: Vec<FiltreVue>,
    lignes: Vec<LigneDepart>,
    suite: Suite,
    vide: Option<Vide>,
}

/// How the state of a departure is shown.
pub(super) fn pastille(etat: EtatCessation) -> Pastille {
    let (ton, mot) = match etat {
        EtatCessation::Declaree => (Etat::AFaire, "À confirmer"),
        EtatCessation::Confirmee => (Etat::Fait, "Confirmée"),
        EtatCessation::Rejetee => (Etat::Neutre, "Rejetée"),
        EtatCessation::Retiree => (Etat::Neutre, "Retirée"),
    };
    Pastille::new(ton, mot)
}

/// The state of several departures, for a filter.
fn au_pluriel(etat: EtatCessation) -> &'static str {
    match etat {
        EtatCessation::Declaree => "À confirmer",
        EtatCessation::Confirmee => "Confirmés",
        EtatCessation::Rejetee => "Rejetés",
        EtatCessation::Retiree => "Retirés",
    }
}

fn url(etat: EtatCessation, organisme: Option<&str>, apres: Option<&str>) -> String {
    let mut requete = url::form_urlencoded::Serializer::new(String::new());
    if let Some(organisme) = organisme {
        requete.append_pair("organisme", organisme);
    }
    requete.append_pair("etat", etat.as_str());
    if let Some(apres) = apres {
        requete.append_pair("apres", apres);
    }
    format!("/departs?{}", requete.finish())
}

fn cle(apres: Option<&str>) -> Option<(NaiveDate, i64)> {
    let (date, id) = apres?.split_once('_')?;
    Some((date.parse().ok()?, id.parse().ok()?))
}

/// `GET /departs`
///
/// # Errors
/// The database does not answer.
pub async fn liste(visite: Visite, adresse: web::Query<Adresse>) -> Reponse {
    let adresse = adresse.into_inner();
    let organisme = match visite.qui()?.scope() {
        CpamScope::Organisme(code) => code,
        _ => match &adresse.organisme {
            Some(code) => code.clone(),
            None => return dossiers::file::choisir(&visite, "/departs", "Départs").await,
        },
    };
    let etat = adresse
        .etat
        .as_deref()
        .and_then(|e| e.parse().ok())
        .unwrap_or(EtatCessation::Declaree);
    let apres = cle(adresse.apres.as_deref());
    let mut lignes = visite
        .read(move |conn| file::departs(conn, &organisme, etat.as_str(), apres, LIGNES + 1))
        .await?;
    let montrees = usize::try_from(LIGNES).unwrap_or(50);
    let encore = lignes.len() > montrees;
    lignes.truncate(montrees);
    let organisme = adresse.organisme.as_deref();
    let suivant = lignes.last().filter(|_| encore).map(|l| {
        url(
            etat,
            organisme,
            Some(&format!("{}_{}", l.date_cessation, l.id)),
        )
    });
    let position = crate::texte::pluriel(
        i64::try_from(lignes.len()).unwrap_or(0),
        "départ montré",
        "départs montrés",
    );
    let vide = lignes.is_empty().then(|| match etat {
        EtatCessation::Declaree => Vide::new(
            "Aucun départ à confirmer",
            "Les cessations déclarées par les professionnels de votre caisse arrivent ici.",
        )
        .action(
            "Voir les départs confirmés",
            url(EtatCessation::Confirmee, organisme, None),
        ),
        _ => Vide::new("Aucun départ dans cette liste", "Rien n’est dans cet état.")
            .action("Voir les départs à confirmer", "/departs"),
    });
    let page = visite
        .page("Départs")
        .chapeau("Les cessations déclarées, la plus ancienne d’abord. Confirmer un départ ouvre, ou non, une place.")
        .rubrique("/departs")
        .largeur(Largeur::Pleine);
    visite.rendre(&FilePage {
        filtres: EtatCessation::TOUS
            .iter()
            .map(|e| FiltreVue {
                libelle: au_pluriel(*e).to_owned(),
                url: url(*e, organisme, None),
                compte: None,
                actif: *e == etat,
            })
            .collect(),
        lignes,
        suite: Suite {
            debut: adresse.apres.is_some().then(|| url(etat, organisme, None)),
            suivant,
            position,
        },
        vide,
        page,
    })
}
