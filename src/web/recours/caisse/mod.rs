//! The caisse: an appeal, what is recorded of it, and the one that came on paper or by a message.

mod detail;
mod gestes;
mod saisie;

pub use detail::page;
pub(in crate::web) use detail::tribunal;
pub use gestes::{Abandon, Jugement, Notification, Reponse, Saisine};
pub use saisie::{DepuisUnMessage, enregistrer, formulaire};

/// The page of an appeal.
pub fn adresse(numero: &str) -> String {
    format!("/recours/{numero}")
}
