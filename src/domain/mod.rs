//! What the convention says: pure functions and types; no I/O, no clock, no SQL.

pub mod droits;
