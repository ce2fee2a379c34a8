//! `/phrases`: the sentences that a caisse uses again, read by its agents, written by who leads; and their list beside the
//! field that they fill.

mod gestes;
mod inserer;

pub use gestes::{Changement, Nouveau, Suppression};
pub use inserer::Inserer;

use askama::Template;
use regles::droits::PHRASES;
use regles::phrase::Emploi;

use super::filters;
use super::page::Page;
use super::ui::Vide;
use super::visite::{Reponse, Visite};
use crate::db::phrase::{self, Phrase};

const LISTE: &str = "/phrases";

struct Groupe {
    emploi: Emploi,
    phrases: Vec<Phrase>,
}

#[derive(Template)]
#[template(path = "phrases/liste.html")]
struct ListePage {
    page: Page,
    groupes: Vec<Groupe>,
    ecrit: bool,
    vide: Option<Vide>,
}

/// `GET /phrases`
///
/// # Errors
/// Of no caisse, or the database does not answer.
pub async fn liste(visite: Visite) -> Reponse {
    let caisse = visite.caisse()?;
    let phrases = visite
        .read(move |conn| phrase::de_caisse(conn, &caisse, None))
        .await?;
    let ecrit = PHRASES.permet(Some(visite.qui()?.role));
    let mut page = visite
        .page("Phrases de la caisse")
        .chapeau("Des motifs et des messages que chacun reprend d’un clic, remplis par le dossier.")
        .rubrique("/caisses");
    if ecrit {
        page = page.action("Écrire une phrase", "/phrases/nouveau");
    }
    let vide = phrases.is_empty().then(|| {
        Vide::new(
            "Aucune phrase pour le moment",
            match ecrit {
                true => "Écrivez celles que vos collègues tapent le plus souvent.",
                false => "La personne responsable de la caisse les écrit.",
            },
        )
    });
    let groupes = Emploi::TOUS.iter().map(|&emploi| Groupe {
        emploi,
        phrases: phrases
            .iter()
            .filter(|p| p.emploi == emploi)
            .cloned()
            .collect(),
    });
    visite.rendre(&ListePage {
        groupes: groupes.filter(|g| !g.phrases.is_empty()).collect(),
        page,
        ecrit,
        vide,
    })
}
