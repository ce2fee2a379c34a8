//! What was acknowledged stays, and what is wrong is seen.

mod coupure;
pub mod processus;
mod rejeu;
mod verification;
