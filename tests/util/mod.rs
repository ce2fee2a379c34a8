//! What tests lean on: the application, databases, accounts, clients, mailboxes.

pub mod app;
pub mod base;
pub mod builders;
pub mod client;
pub mod compte;
pub mod smtp;

pub use app::TestApp;
pub use client::Client;
