//! Step 3 of the journey: the request, its receipt, what happens to it.

mod depot;
mod pieces;
mod suite;
