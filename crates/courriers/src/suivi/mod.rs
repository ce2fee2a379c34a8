//! Letters between the agents of a CPAM.

mod dossier_confie;
mod dossiers_confies;
mod mention;
mod proposition;

pub use dossier_confie::DossierConfie;
pub use dossiers_confies::DossiersConfies;
pub use mention::Mention;
pub use proposition::{DecisionASigner, PropositionRenvoyee};
