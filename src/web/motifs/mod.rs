//! `/motifs`: the grounds of derogation (DER-2), those in force, what is proposed, and the two people that a change takes.

mod examen;
mod liste;
mod proposition;

pub use examen::{approuver, page as examiner, rejeter};
pub use liste::liste;
pub use proposition::{Fin, Nouveau};

use super::page::{Largeur, Page};
use super::visite::Visite;

/// A page of this subject.
fn page(visite: &Visite, titre: impl Into<String>) -> Page {
    visite
        .page(titre)
        .ariane("Motifs de dérogation", "/motifs")
        .rubrique("/motifs")
        .largeur(Largeur::Lecture)
}
