//! The practitioner's own space: where things stand, what is expected from whom, by when.

mod accueil;
pub mod coordonnees;
pub mod donnees;
pub mod fichiers;
mod ics;
mod lu;
pub mod perdus;
pub mod pieces;
mod reductions;
pub mod reglages;
mod situation;
pub mod vues;

pub use accueil::page;
