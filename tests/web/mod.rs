//! Over HTTP, as a browser without JavaScript.

mod acces;
mod api;
mod assets;
mod cessation;
mod boite;
mod compte;
mod contraste;
mod demande;
mod designation;
mod piece;
mod praticien;
mod socle;
mod specimen;
mod typographie;
mod zones;
