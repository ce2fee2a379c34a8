//! What tests lean on: the application, databases, accounts, clients, mailboxes.

pub mod app;
pub mod base;
pub mod builders;
pub mod caisse;
pub mod client;
pub mod compte;
pub mod donnees;
pub mod mots;
pub mod pages;
pub mod parametre;
pub mod route;
pub mod smtp;

pub use app::TestApp;
pub use caisse::{Caisse, remise};
pub use client::Client;

/// The setting by which `scripts/test` says where it keeps what a run leaves: several processes make one run.
pub const RUN: &str = "RELEVE_TEST_RUN";
