//! The person: an appeal filed from what is contested, its receipt, the answer that is opened.

mod detail;
mod formulaire;

pub use detail::{ouvrir_le_document, page};
pub use formulaire::{deposer, formulaire};

/// Where an appeal against a case is written.
pub fn contester(numero: &str) -> String {
    format!("/contester/{numero}")
}

/// The page of an appeal, for who filed it.
pub fn adresse(numero: &str) -> String {
    format!("/mes-recours/{numero}")
}
