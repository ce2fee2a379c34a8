//! What was acknowledged stays, and what is wrong is seen.

mod chaines;
mod coupure;
mod droits;
pub mod processus;
mod rejeu;
mod verification;
