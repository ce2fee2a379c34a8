//! `/motifs`: the grounds of derogation (DER-2), those in force, what is proposed, and the two people that a change takes.

mod examen;
mod liste;
mod proposition;

pub use examen::{approuver, page as examiner, rejeter};
pub use liste::liste;
pub use proposition::{fermer, nouveau, page_fermer, page_nouveau};

use actix_web::http::StatusCode;
use askama::Template;

use super::erreur::WebError;
use super::page::{Largeur, Lien, Page};
use super::ui::{Champ, ErreurResume, Message, Ton};
use super::visite::{Reponse, Visite};
use crate::actions::ActionError;

/// A form about a ground.
struct Formulaire {
    page: Page,
    intro: Vec<String>,
    champs: Vec<Champ>,
    url: String,
    bouton: &'static str,
    danger: bool,
}

#[derive(Template)]
#[template(path = "motifs/formulaire.html")]
struct FormulairePage {
    page: Page,
    message: Option<Message>,
    intro: Vec<String>,
    champs: Vec<Champ>,
    url: String,
    bouton: &'static str,
    danger: bool,
    retour: Lien,
}

/// A page of this subject.
fn page(visite: &Visite, titre: impl Into<String>) -> Page {
    visite
        .page(titre)
        .ariane("Motifs de dérogation", "/motifs")
        .rubrique("/motifs")
        .largeur(Largeur::Lecture)
}

/// Shows a form; with an error, what was typed is still there and the error is beside its field.
fn montrer(visite: &Visite, f: Formulaire, erreur: Option<ActionError>) -> Reponse {
    let Formulaire {
        mut page,
        intro,
        mut champs,
        url,
        bouton,
        danger,
    } = f;
    let mut message = None;
    let statut = match erreur {
        None => StatusCode::OK,
        Some(ActionError::Champ { champ, message }) => {
            match champs.iter_mut().find(|c| c.nom == champ) {
                Some(trouve) => trouve.erreur = Some(message),
                None => page.erreurs.push(ErreurResume::generale(message)),
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Some(ActionError::Refus(phrase)) => {
            message = Some(Message::new(Ton::Erreur, phrase));
            StatusCode::CONFLICT
        }
        Some(ActionError::Perime) => {
            message = Some(Message::new(
                Ton::Erreur,
                "Cette proposition a changé depuis que vous l’avez ouverte : rien n’a été enregistré. Relisez-la, puis recommencez si c’est \
                 toujours nécessaire.",
            ));
            StatusCode::CONFLICT
        }
        Some(autre) => return Err(WebError::from(autre)),
    };
    let page = page.erreurs_de(&champs);
    visite.rendre_avec(
        &FormulairePage {
            page,
            message,
            intro,
            champs,
            url,
            bouton,
            danger,
            retour: Lien::new("Revenir aux motifs sans rien changer", "/motifs"),
        },
        statut,
    )
}
