//! A practitioner's departure: declared, followed, its successor designated.

pub mod annulation;
pub mod attestation;
mod bandeau;
mod contester;
mod designer;
mod detail;
mod nouvelle;
mod pieces;
pub mod resume;
mod retrait;
pub(in crate::web) mod successeur;

pub use contester::{demander as page_contester, envoyer as contester};
pub use designer::designer;
pub use detail::page;
pub use nouvelle::{declarer, formulaire};
pub use pieces::envoyer as envoyer_pieces;
pub use retrait::{confirmer, retirer};
