//! The declared cessations of a CPAM: their list, each one, and the answer to it.

pub mod ayants_droit;
mod corriger;
mod depart;
mod designations;
mod export;
mod filtres;
mod liste;
mod pieces;
mod reponses;
mod zone;

pub use corriger::Correction;
pub use depart::{page, pastille_place};
pub use export::exporter;
pub use liste::liste;
pub use pieces::{examiner_piece, page_pieces};
pub use reponses::{confirmer, noter_avis, rejeter};

use regles::cessation::EtatCessation;

use super::ui::{Etat, Pastille};

/// How the state of a departure is shown.
pub(super) fn pastille(etat: EtatCessation) -> Pastille {
    let (ton, mot) = match etat {
        EtatCessation::Declaree => (Etat::AFaire, "À confirmer"),
        EtatCessation::Confirmee => (Etat::Fait, "Confirmée"),
        EtatCessation::Rejetee => (Etat::Neutre, "Rejetée"),
        EtatCessation::Retiree => (Etat::Neutre, "Retirée"),
    };
    Pastille::new(ton, mot)
}
