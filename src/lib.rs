//! Relève: one departure, one arrival.
//!
//! Three floors above the rules; data goes down for facts and comes back up as a page:
//!
//! ```text
//! web        routes → handler → page          knows HTTP, forms, templates; decides nothing
//! actions    what people do: load → decide → save, in one transaction
//! db         what is stored: the only floor that knows SQL, in a crate of its own
//! regles     what the convention says: pure functions and types, in a crate of their own
//! ```

// What `#[derive(Formulaire)]` writes names the crate, from here and from the tests alike.
extern crate self as releve;

pub mod actions;
pub mod adresse;
pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub use ::db;
pub mod demo;
pub mod dev;
pub mod disque;
pub mod import;
pub mod impression;
pub mod mail;
pub mod mot_de_passe;
pub mod pieces;
pub mod secret;
pub mod tableur;
pub mod taches;
pub mod web;
