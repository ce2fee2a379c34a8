//! Letters between the agents of a CPAM.

mod dossier_confie;
mod dossiers_confies;
mod mention;

pub use dossier_confie::DossierConfie;
pub use dossiers_confies::DossiersConfies;
pub use mention::Mention;
