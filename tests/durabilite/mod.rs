//! What was acknowledged stays, and what is wrong is seen.

mod coupure;
mod processus;
mod verification;
