//! A practitioner's request: its three steps, its receipt, its life.

mod accuse;
mod audition;
mod conditions;
mod decision;
mod detail;
mod envoi;
mod faits;
mod formulaire;
mod installation;
mod liste;
mod nouvelle;
mod objet;
mod offre;
mod pieces;
mod retrait;
mod silence;
mod verification;

pub use accuse::page as accuse;
pub use audition::Audition;
pub use conditions::Conditions;
pub use decision::ouvrir as ouvrir_decision;
pub use detail::page;
pub use installation::declarer as declarer_installation;
pub use nouvelle::{formulaire, suivre};
pub use pieces::ajouter as ajouter_pieces;
pub use retrait::{confirmer, retirer};
pub use silence::{demander_le_silence, interroger_le_silence};
