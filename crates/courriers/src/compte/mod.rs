//! Letters about an account and its drafts: to its holder.

mod brouillon_delaisse;
mod existant;
mod mot_de_passe_change;
mod mot_de_passe_oublie;
mod verification;

pub use brouillon_delaisse::BrouillonDelaisse;
pub use existant::CompteExistant;
pub use mot_de_passe_change::MotDePasseChange;
pub use mot_de_passe_oublie::MotDePasseOublie;
pub use verification::CompteVerification;
