//! `/attributions`: the places of a CPAM that are to be attributed, and their calls (REG-12).

mod candidature;
mod decision;
mod detail;
mod examen;
mod objet;

pub use candidature::{Ecart, page_valeurs, retenir};
pub use decision::{Attribution, Cloture};
pub use detail::page;
pub use examen::{page_commission, ranger};

use askama::Template;
use chrono::NaiveDate;
use regles::appel::EtatAppel;
use regles::droits::INSTRUCTION;
use serde::Deserialize;

use crate::actions::appel as actions;
use crate::db::appel::{self, PlaceAAttribuer};
use crate::db::{CpamScope, DbError, charte};
use crate::web::dossiers::file::APPELS;
use crate::web::filters;
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Etat, Pastille, Vide};
use crate::web::visite::{Reponse, Visite};

/// Which CPAM, for a national reader.
#[derive(Debug, Default, Deserialize)]
pub struct Adresse {
    caisse: Option<String>,
}

#[derive(Template)]
#[template(path = "appel/attributions.html")]
struct ListePage {
    page: Page,
    places: Vec<PlaceAAttribuer>,
    /// Where the calls are.
    appels: String,
    vide: Option<Vide>,
    ouvrable: bool,
    appliquee: bool,
}

/// How the state of a call is shown to agents. `cloture`: its last day to apply; `cpd_le`: the day of its ranking.
pub(in crate::web) fn pastille(
    etat: EtatAppel,
    cloture: NaiveDate,
    cpd_le: Option<NaiveDate>,
    jour: NaiveDate,
) -> Pastille {
    match etat {
        EtatAppel::Ouvert if jour <= cloture => Pastille::new(Etat::EnCours, "Reçoit"),
        EtatAppel::Ouvert if cpd_le.is_some() => Pastille::new(Etat::AFaire, "À attribuer"),
        EtatAppel::Ouvert => Pastille::new(Etat::AFaire, "À examiner"),
        EtatAppel::Attribue => Pastille::new(Etat::Fait, "Attribué"),
        EtatAppel::SansSuite => Pastille::new(Etat::Neutre, "Sans suite"),
    }
}

/// `GET /attributions`: the places that wait for a call; the calls themselves are in the queue.
pub async fn liste(visite: Visite, adresse: Requete<Adresse>) -> Reponse {
    let (caisse, appels) = match (visite.qui()?.scope(), &adresse.caisse) {
        (CpamScope::Caisse(code), _) => (code, APPELS.to_owned()),
        (_, Some(code)) => (code.clone(), format!("{APPELS}&caisse={code}")),
        _ => {
            return crate::web::dossiers::file::choisir(&visite, "/attributions", "Attributions")
                .await;
        }
    };
    let jour = visite.aujourd_hui();
    let (places, appliquee) = visite
        .read(move |conn| {
            Ok::<_, DbError>((
                appel::a_ouvrir(conn, &caisse)?,
                charte::en_vigueur(conn, &caisse, jour)?.is_some(),
            ))
        })
        .await?;
    let vide = places.is_empty().then(|| {
        Vide::new(
            "Aucun appel à ouvrir",
            if appliquee {
                "Une place sans successeur au terme du délai de désignation arrive ici : vous ouvrez alors l’appel à candidatures."
            } else {
                "Votre caisse n’applique pas de charte : une place sans successeur au terme du délai de désignation devient caduque."
            },
        )
        .action("Voir la charte", "/charte")
    });
    let page = visite
        .page("Attributions")
        .chapeau("Les places restées sans successeur, que la caisse attribue selon sa charte.")
        .action("Charte d’attribution", "/charte")
        .rubrique("/attributions")
        .largeur(Largeur::Pleine);
    visite.rendre(&ListePage {
        places,
        appels,
        vide,
        ouvrable: INSTRUCTION.permet(Some(visite.qui()?.role)),
        appliquee,
        page,
    })
}

/// `POST /attributions`: opens the call of a place.
///
/// # Errors
/// Out of scope, no charter, or the database does not answer.
pub async fn ouvrir(visite: Visite, saisie: Saisie) -> Reponse {
    let place_id: i64 = saisie
        .texte("place")
        .parse()
        .map_err(|_| crate::web::erreur::WebError::Introuvable)?;
    let (acte, scope) = (visite.acte()?, visite.qui()?.scope());
    let id = visite
        .write(move |tx| actions::ouvrir(tx, &acte, &scope, place_id))
        .await?;
    visite.rediriger_avec(
        &format!("/attributions/{id}"),
        "L’appel à candidatures est ouvert : il est public.",
    )
}
