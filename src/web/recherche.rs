//! The search box of the header: a file, from its number, an RPPS, a name or a commune.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::page::{Largeur, Page};
use super::ui::Vide;
use super::visite::{Reponse, Visite};
use crate::db::recherche::{self, Trouvee};
use crate::web::filters;

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
    cherchee: String,
    trouvees: Vec<Trouvee>,
    tronquee: bool,
    corrigee: Option<String>,
    vide: Option<Vide>,
}

/// `GET /recherche?q=`: a number typed in full opens its file.
///
/// # Errors
/// The database does not answer.
pub async fn page(visite: Visite, recherche: web::Query<Recherche>) -> Reponse {
    let q: String = recherche.into_inner().q.chars().take(200).collect();
    let scope = visite.qui()?.scope();
    let cherchee = q.clone();
    let trouvees = visite
        .read(move |conn| recherche::demandes(conn, &scope, &cherchee))
        .await?;
    if let [seule] = trouvees.demandes.as_slice()
        && seule.numero.eq_ignore_ascii_case(q.trim())
    {
        return visite.rediriger(&format!("/dossiers/{}", seule.numero));
    }
    let vide = trouvees.demandes.is_empty().then(|| {
        let titre = if q.trim().is_empty() {
            "Que cherchez-vous ?".to_owned()
        } else {
            format!("Aucun dossier trouvé pour « {} »", q.trim())
        };
        Vide::new(
            titre,
            "Cherchez par numéro de dossier, par numéro RPPS, par nom ou par commune. Le début d’un mot suffit ; les accents, les \
             majuscules et une faute de frappe ne comptent pas.",
        )
        .action("Voir les dossiers ouverts", "/dossiers")
    });
    let page = visite
        .page("Recherche")
        .recherche(q.clone())
        .largeur(Largeur::Pleine);
    visite.rendre(&RecherchePage {
        page,
        cherchee: q.trim().to_owned(),
        trouvees: trouvees.demandes,
        tronquee: trouvees.tronquee,
        corrigee: trouvees.corrigee,
        vide,
    })
}
