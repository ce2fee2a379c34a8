//! Letters about an account and its drafts: to its holder.

mod adresse;
mod brouillon_delaisse;
mod existant;
mod invitation;
mod mot_de_passe_change;
mod mot_de_passe_oublie;
mod rpps_existant;
mod verification;
mod verrouille;

pub use adresse::{AdresseAConfirmer, AdresseChangee};
pub use brouillon_delaisse::BrouillonDelaisse;
pub use existant::CompteExistant;
pub use invitation::CompteInvitation;
pub use mot_de_passe_change::MotDePasseChange;
pub use mot_de_passe_oublie::MotDePasseOublie;
pub use rpps_existant::RppsExistant;
pub use verification::CompteVerification;
pub use verrouille::CompteVerrouille;
