//! The one test binary of what surrounds the rules: `web` (over HTTP), `browser` (in Chromium), `data` (real reference
//! data), `forme` (typography, letters, colours), `architecture` (who may import whom). The rulebook is in
//! `crates/regles/tests/law`. `scripts/test` says on which databases each of these modules is passed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "tests read RELEVE_TEST_* from the environment"
)]

mod architecture;
mod browser;
mod config;
mod data;
mod db;
mod durabilite;
mod evaluer;
mod feu;
mod forme;
mod mail;
mod pieces;
mod util;
mod web;
