//! `/aide`: the guides of both sides and the glossary, written in Markdown and rendered once. Each screen leads to the passage
//! that speaks of it.

mod passage;
mod rendu;

use std::sync::LazyLock;

use actix_web::web::Path;
use askama::Template;

use super::erreur::WebError;
use super::filters;
use super::page::Page;
use super::visite::{Reponse, Visite};
pub use passage::pour;
use rendu::Rendu;

/// A text of the help.
struct Guide {
    /// Its address, under `/aide/`.
    adresse: &'static str,
    /// Its title.
    titre: &'static str,
    /// Who it is for, in a sentence.
    chapeau: &'static str,
    rendu: Rendu,
}

static GUIDES: LazyLock<[Guide; 3]> = LazyLock::new(|| {
    [
        Guide {
            adresse: "professionnel",
            titre: "Guide du masseur-kinésithérapeute",
            chapeau: "Vérifier un projet, déposer, suivre, partir.",
            rendu: Rendu::lire(include_str!("../../../docs/guide-kine.md")),
        },
        Guide {
            adresse: "caisse",
            titre: "Guide de la caisse",
            chapeau: "Pour qui instruit, encadre et signe.",
            rendu: Rendu::lire(include_str!("../../../docs/guide-cpam.md")),
        },
        Guide {
            adresse: "glossaire",
            titre: "Glossaire",
            chapeau: "Chaque mot du métier, en une phrase.",
            rendu: Rendu::lire(include_str!("../../../docs/glossaire.md")),
        },
    ]
});

#[derive(Template)]
#[template(path = "aide/accueil.html")]
struct AccueilPage {
    page: Page,
    guides: &'static [Guide],
}

#[derive(Template)]
#[template(path = "aide/guide.html")]
struct GuidePage {
    page: Page,
    rendu: &'static Rendu,
}

/// `GET /aide`
pub async fn accueil(visite: Visite) -> Reponse {
    let page = visite
        .page("Aide")
        .chapeau("Les guides, les mots du métier, et ce que dit chaque règle.");
    visite.rendre(&AccueilPage {
        page,
        guides: GUIDES.as_slice(),
    })
}

/// `GET /aide/{guide}`
///
/// # Errors
/// No guide of this name.
pub async fn guide(visite: Visite, adresse: Path<String>) -> Reponse {
    let guide = GUIDES
        .iter()
        .find(|g| g.adresse == *adresse)
        .ok_or(WebError::Introuvable)?;
    visite.rendre(&GuidePage {
        page: visite
            .page(guide.titre)
            .chapeau(guide.chapeau)
            .ariane("Aide", "/aide"),
        rendu: &guide.rendu,
    })
}
