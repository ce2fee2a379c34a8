//! What the house freezes and prints: a letter as a document. The parts stand in the order of the letter book whoever
//! writes them, and one that lacks a compulsory part, or a datum, is not written: what it lacks is named.

mod composition;
mod papier;

pub use composition::{Composition, Partie};
pub use papier::{Caisse, Entete, Enveloppe, Logo, Papier, Personne, Suivi};

/// What keeps a letter from being written, each in words that follow «il manque».
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("il manque {}", self.0.join(" ; "))]
pub struct Incomplet(pub Vec<&'static str>);
