//! `/appels`: the places to be attributed, for everybody; a practitioner applies (REG-12).

mod candidature;
mod formulaire;
mod page;
mod retrait;

pub(in crate::web) use candidature::{champ_du_critere, en_mots, lire_critere};
pub use formulaire::{deposer, formulaire};
pub use page::appel;
pub use retrait::{confirmer, retirer};

use askama::Template;
use chrono::NaiveDate;
use regles::texte;
use serde::Deserialize;

use crate::db::appel::{self, AppelComplet};
use crate::web::filters;
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Page};
use crate::web::ui::{Suite, Vide};
use crate::web::visite::{Reponse, Visite};

const LIGNES: i64 = 30;

/// Where the list begins.
#[derive(Debug, Default, Deserialize)]
pub struct Adresse {
    apres: Option<String>,
}

#[derive(Template)]
#[template(path = "appel/appels.html")]
struct ListePage {
    page: Page,
    appels: Vec<AppelComplet>,
    suite: Suite,
    vide: Option<Vide>,
}

fn cle(apres: Option<&str>) -> Option<(NaiveDate, i64)> {
    let (date, id) = apres?.split_once('_')?;
    Some((date.parse().ok()?, id.parse().ok()?))
}

/// `GET /appels`
pub async fn liste(visite: Visite, adresse: Requete<Adresse>) -> Reponse {
    let jour = visite.aujourd_hui();
    let apres = cle(adresse.apres.as_deref());
    let mut appels = visite
        .read(move |conn| appel::ouverts(conn, jour, apres, LIGNES + 1))
        .await?;
    let montrees = usize::try_from(LIGNES).unwrap_or(30);
    let encore = appels.len() > montrees;
    appels.truncate(montrees);
    let suite = Suite {
        debut: apres.map(|_| "/appels".to_owned()),
        suivant: appels
            .last()
            .filter(|_| encore)
            .map(|a| format!("/appels?apres={}_{}", a.appel.cloture, a.appel.id)),
        position: texte::pluriel(
            i64::try_from(appels.len()).unwrap_or(0),
            "appel montré",
            "appels montrés",
        ),
    };
    let vide = appels.is_empty().then(|| {
        Vide::new(
            "Aucun appel en cours",
            "Quand une place reste sans successeur et que la caisse applique une charte, l’appel à candidatures paraît ici.",
        )
        .action("Chercher une zone", "/zones")
    });
    let page = visite
        .page("Appels à candidatures")
        .chapeau("Des places à reprendre en zone non prioritaire, que la caisse attribue selon sa charte.")
        .rubrique("/appels")
        .largeur(Largeur::Pleine);
    visite.rendre(&ListePage {
        page,
        appels,
        suite,
        vide,
    })
}
