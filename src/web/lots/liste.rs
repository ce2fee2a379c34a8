//! The latest bulk acts of a CPAM.

use askama::Template;

use super::lot::{caisse, pastille};
use crate::db::lot::{self, Lot};
use crate::web::filters;
use crate::web::page::{Largeur, Page};
use crate::web::ui::{Pastille, Vide};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "lots/liste.html")]
struct ListePage {
    page: Page,
    lots: Vec<(Lot, Pastille)>,
    vide: Option<Vide>,
}

/// `GET /lots`: the latest bulk acts of the CPAM.
pub async fn liste(visite: Visite) -> Reponse {
    let caisse = caisse(&visite)?;
    let lots = visite
        .read(move |conn| lot::derniers(conn, &caisse, 50))
        .await?;
    let page = visite
        .page("Actions par lot")
        .chapeau("Ce qui a été fait à plusieurs dossiers à la fois, le plus récent d’abord.")
        .ariane("Dossiers", "/dossiers")
        .rubrique("/dossiers")
        .largeur(Largeur::Dossier);
    let vide = lots.is_empty().then(|| {
        Vide::new(
            "Aucune action par lot",
            "Cochez des dossiers dans la file, ou prenez toute une liste, pour les confier ou les étiqueter ensemble.",
        )
        .action("Voir les dossiers", "/dossiers")
    });
    visite.rendre(&ListePage {
        page,
        lots: lots
            .into_iter()
            .map(|l| {
                let p = pastille(l.etat);
                (l, p)
            })
            .collect(),
        vide,
    })
}
