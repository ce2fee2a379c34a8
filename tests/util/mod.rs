//! What tests lean on: the application, databases, clients, mailboxes.

pub mod app;
pub mod base;
pub mod builders;
pub mod client;

pub use app::TestApp;
