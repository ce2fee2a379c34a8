//! What the store promises, on the database of this run.

mod per_test;
mod promesses;
mod tls;
