//! The search box of the header: a file, from its number, an RPPS or a name.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::page::{Largeur, Page};
use super::ui::Vide;
use super::visite::{Reponse, Visite};
use crate::db::recherche::{self, TROUVEES_MAX, Trouvee};

/// What is typed.
#[derive(Deserialize)]
pub struct Recherche {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "recherche.html")]
struct RecherchePage {
    page: Page,
    trouvees: Vec<Trouvee>,
    tronquee: bool,
    vide: Option<Vide>,
}

/// `GET /recherche?q=`: a number typed in full opens its file.
///
/// # Errors
/// The database does not answer.
pub async fn page(visite: Visite, recherche: web::Query<Recherche>) -> Reponse {
    let q = recherche.into_inner().q;
    let scope = visite.qui()?.scope();
    let cherchee = q.clone();
    let trouvees = visite
        .read(move |conn| recherche::demandes(conn, &scope, &cherchee))
        .await?;
    if let [seule] = trouvees.as_slice()
        && seule.numero == q.trim()
    {
        return visite.rediriger(&format!("/dossiers/{}", seule.numero));
    }
    let vide = trouvees.is_empty().then(|| {
        Vide::new(
            "Aucun dossier trouvé",
            "Cherchez par numéro de dossier, par numéro RPPS, ou par le début du nom.",
        )
    });
    let tronquee = i64::try_from(trouvees.len()).is_ok_and(|n| n == TROUVEES_MAX);
    let page = visite
        .page("Recherche")
        .recherche(q)
        .largeur(Largeur::Pleine);
    visite.rendre(&RecherchePage {
        page,
        trouvees,
        tronquee,
        vide,
    })
}
