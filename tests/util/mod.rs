//! What tests lean on: the application, databases, accounts, clients, mailboxes.

pub mod app;
pub mod base;
pub mod builders;
pub mod caisse;
pub mod client;
pub mod compte;
pub mod donnees;
pub mod pages;
pub mod parametre;
pub mod route;
pub mod smtp;

pub use app::TestApp;
pub use caisse::Caisse;
pub use client::Client;
