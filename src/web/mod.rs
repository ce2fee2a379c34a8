//! HTTP: routes → handler → page. Knows forms and templates; decides nothing.

pub mod acces;
pub mod accueil;
pub mod api;
pub mod assets;
pub mod cessation;
pub mod compte;
pub mod demande;
pub mod departs;
pub mod designation;
pub mod dossiers;
pub mod erreur;
pub mod espace;
pub(crate) mod filters;
pub mod grand_livre;
pub mod journal;
pub mod limite;
pub mod page;
pub mod piece;
pub mod routes;
pub mod saisie;
pub mod sante;
pub mod specimen;
pub mod ui;
pub mod visite;
pub mod vues;
pub mod zones;
