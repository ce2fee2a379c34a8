//! Departures, as their two sides see them.

pub mod caisse;
pub mod kine;
