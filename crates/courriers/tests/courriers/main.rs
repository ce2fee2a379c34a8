//! What the letters say and look like. No database.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]

mod document;
mod exemples;
mod lettre;
mod recours;
mod registre;
