//! Over HTTP, as a browser without JavaScript.

mod acces;
mod api;
mod arretes;
mod assets;
mod boite;
mod brouillon;
mod cessation;
mod compte;
mod contraste;
mod decision;
mod demande;
mod departs;
mod designation;
mod dossiers;
mod espace;
mod file;
mod grand_livre;
mod lots;
mod notification;
mod piece;
pub mod praticien;
mod recherche;
mod socle;
mod specimen;
mod travail;
mod typographie;
mod zones;
