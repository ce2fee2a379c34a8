//! `/aides`: the catalogue of aids, what is proposed of it, and the two people that a change takes.

mod examen;
mod liste;
mod proposition;

pub use examen::{approuver, page as examiner, rejeter};
pub use liste::liste;
pub use proposition::{Correction, Nouvelle};

use regles::incitation::Aide;
use regles::texte;

use super::page::{Largeur, Page};
use super::visite::Visite;

/// A page of this subject.
fn page(visite: &Visite, titre: impl Into<String>) -> Page {
    visite
        .page(titre)
        .ariane("Aides", "/aides")
        .rubrique("/aides")
        .largeur(Largeur::Lecture)
}

/// The text that founds an aid, as a person reads it.
pub fn fondement(aide: &Aide) -> String {
    let texte = texte::majuscule_initiale(&aide.fondement);
    match aide.a_confirmer && !texte.contains("à confirmer") {
        true => format!("{texte} (à confirmer)"),
        false => texte,
    }
}
