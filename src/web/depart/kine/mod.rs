//! A practitioner's departure: declared, followed, its successor designated.

pub mod attestation;
mod bandeau;
mod designer;
mod detail;
mod nouvelle;
mod pieces;
pub mod remplacement;
mod retrait;
pub(in crate::web) mod successeur;

pub use designer::designer;
pub use detail::page;
pub use nouvelle::{declarer, formulaire};
pub use pieces::envoyer as envoyer_pieces;
pub use retrait::{confirmer, retirer};
