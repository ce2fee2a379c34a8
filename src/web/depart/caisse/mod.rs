//! The declared cessations of a CPAM: their list, each one, and the answer to it.

pub mod ayants_droit;
mod colonnes;
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
