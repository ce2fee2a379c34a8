//! Letters between the agents of a CPAM, and the summary of the day.

mod dossier_confie;
mod dossiers_confies;
mod mention;
mod nouveautes;
mod proposition;

pub use dossier_confie::DossierConfie;
pub use dossiers_confies::DossiersConfies;
pub use mention::Mention;
pub use nouveautes::NouveautesDuJour;
pub use proposition::{DecisionASigner, PropositionRenvoyee};
