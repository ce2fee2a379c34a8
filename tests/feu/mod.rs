//! One departure, one arrival, under fire: concurrent decisions, random lives, bounded queries.

mod arretes;
pub mod compteur;
mod concurrence;
mod monde;
mod pages;
mod poids;
mod requetes;
mod vies;
