//! What the house writes to people: one file per letter, with its data, typed, and its text. No I/O, no database, no
//! clock: the acts give the data and keep the letter, `mail` carries it.
//!
//! [`Modele`] lists the letters: a code and what it is for, on one page.

pub mod appel;
pub mod attestation;
pub mod changement;
pub mod compte;
pub mod decision;
pub mod demande;
pub mod depart;
pub mod designation;
pub mod ecrit;
pub mod message;
pub mod rappel;
pub mod recours;
pub mod silence;
pub mod suivi;

mod lettre;
mod modele;

pub use lettre::{Lettre, Paragraphe};
pub use modele::Modele;

/// A letter's data, and how it becomes a text.
pub trait Courrier {
    /// The text.
    fn lettre(&self) -> Lettre;
}
