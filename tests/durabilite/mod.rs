//! What was acknowledged stays, and what is wrong is seen.

mod chaines;
mod coupure;
mod droits;
mod jalons;
pub mod processus;
mod rejeu;
mod verification;
