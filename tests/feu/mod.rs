//! One departure, one arrival, under fire: concurrent decisions, random lives, bounded queries.

mod concurrence;
mod monde;
mod requetes;
mod vies;
