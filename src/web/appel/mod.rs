//! Calls to candidates (REG-12): what everybody reads and a practitioner sends, what the CPAM attributes.

pub mod caisse;
pub mod kine;
