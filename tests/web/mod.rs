//! Over HTTP, as a browser without JavaScript.

mod acces;
mod api;
mod assets;
mod compte;
mod contraste;
mod socle;
mod specimen;
mod typographie;
mod zones;
