//! The page of one act on a call: what it does, its fields, one button. What was typed is never lost.

use actix_web::http::StatusCode;
use askama::Template;

use crate::actions::ActionError;
use crate::db::appel::AppelComplet;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, ErreurResume, FichierVue};
use crate::web::visite::{Reponse, Visite};

/// What an act asks for.
pub(super) struct Formulaire {
    /// Its name: «Classement de la commission».
    pub titre: String,
    /// What it does, said before the fields.
    pub intro: Vec<String>,
    /// Documents to look at.
    pub fichiers: Vec<FichierVue>,
    /// The fields, filled with what was typed.
    pub champs: Vec<Champ>,
    /// Where it is posted.
    pub url: String,
    /// The words of the button.
    pub bouton: &'static str,
    /// Whether it cannot be undone.
    pub danger: bool,
}

#[derive(Template)]
#[template(path = "attributions/acte.html")]
struct ActePage {
    page: Page,
    formulaire: Formulaire,
    version: Champ,
    retour: Lien,
}

/// Shows the page of an act; with an error, it is beside its field or at the top.
///
/// # Errors
/// An error that is ours.
pub(super) fn montrer(
    visite: &Visite,
    lu: &AppelComplet,
    mut formulaire: Formulaire,
    saisie: &Saisie,
    erreur: Option<ActionError>,
) -> Reponse {
    let chemin = format!("/attributions/{}", lu.appel.id);
    let mut page = visite
        .page(formulaire.titre.clone())
        .surtitre(format!("Appel à candidatures · {}", lu.commune))
        .ariane("Attributions", "/attributions")
        .ariane(lu.commune.clone(), &chemin)
        .rubrique("/attributions")
        .largeur(Largeur::Lecture);
    let statut = match erreur {
        None if formulaire.champs.iter().any(|c| c.erreur.is_some()) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        None => StatusCode::OK,
        Some(ActionError::Champ { champ, message }) => {
            match formulaire.champs.iter_mut().find(|c| c.nom == champ) {
                Some(trouve) => trouve.erreur = Some(message),
                None => page.erreurs.push(ErreurResume::generale(message)),
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Some(ActionError::Refus(phrase)) => {
            page.erreurs.push(ErreurResume::generale(phrase));
            StatusCode::CONFLICT
        }
        Some(ActionError::Perime) => {
            page.erreurs.push(ErreurResume::generale(
                "Cet appel a changé depuis que vous l’avez ouvert : rien n’a été enregistré, et ce que vous avez écrit est \
                 conservé ci-dessous. Relisez l’appel, puis recommencez si c’est toujours nécessaire.",
            ));
            StatusCode::CONFLICT
        }
        Some(autre) => return Err(WebError::from(autre)),
    };
    page = page.erreurs_de(&formulaire.champs);
    // The version that was seen, not the newest: what changed meanwhile must be read before.
    let version = match saisie.option("version") {
        Some(vue) if statut != StatusCode::CONFLICT => vue.to_owned(),
        _ => lu.appel.version.to_string(),
    };
    visite.rendre_avec(
        &ActePage {
            version: Champ::cache("version", version),
            retour: Lien::new("Revenir à l’appel sans rien changer", chemin),
            formulaire,
            page,
        },
        statut,
    )
}

/// The version of the call that a form saw.
pub(super) fn version(saisie: &Saisie) -> i32 {
    // A form without its version is one that is too old.
    saisie.texte("version").parse().unwrap_or(0)
}
