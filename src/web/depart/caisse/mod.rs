//! The declared cessations of a CPAM: each one, and the answer to it. Their list is the queue.

pub mod ayants_droit;
mod bandeau;
mod contestation;
mod corriger;
pub mod deces;
mod depart;
mod designations;
mod faits;
mod pieces;
mod reponses;
mod saisine;
mod zone;

pub use bandeau::pastille_place;
pub use contestation::Contestation;
pub(in crate::web) use contestation::{faits as contestes, origine};
pub use corriger::Correction;
pub use depart::page;
pub(super) use faits::par_derogation;
pub use pieces::{examiner_piece, page_pieces};
pub use reponses::{confirmer, noter_avis, rejeter};
pub use saisine::Saisine;

use regles::depart::EtatDepart;

use crate::web::ui::{Etat, Pastille};

/// How the state of a departure is shown.
pub(in crate::web) fn pastille(etat: EtatDepart) -> Pastille {
    let (ton, mot) = match etat {
        EtatDepart::Declaree => (Etat::AFaire, "À confirmer"),
        EtatDepart::Confirmee => (Etat::Fait, "Confirmée"),
        EtatDepart::Rejetee => (Etat::Neutre, "Rejetée"),
        EtatDepart::Retiree => (Etat::Neutre, "Retirée"),
    };
    Pastille::new(ton, mot)
}
