//! One departure, one arrival, under fire: concurrent decisions, random lives, bounded queries.

mod arretes;
mod attente;
pub mod compteur;
mod concurrence;
mod groupe;
mod monde;
mod pages;
mod plans;
mod poids;
mod requetes;
mod tri;
mod vies;
