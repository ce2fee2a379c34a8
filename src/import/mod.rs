//! Reference data, from a file to typed records: what a caisse nationale or an ARS sends.
//!
//! A file is read whole into a [`table::Table`], then checked line by line into records
//! and a [`rapport::Rapport`]. Nothing here knows the database: `actions::import` compares
//! the records with what is stored, previews, and writes.
//!
//! Two kinds of remarks, never mixed: an *erreur* refuses the file (nothing is written),
//! a *signalement* is something odd that is kept exactly as the file says.

pub mod caisses;
pub mod champ;
pub mod classeur;
pub mod communes;
pub mod rapport;
pub mod table;
pub mod tribunaux;
pub mod zonage;
