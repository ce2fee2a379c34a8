//! Over HTTP, as a browser without JavaScript.

mod acces;
mod assets;
mod compte;
mod contraste;
mod socle;
mod specimen;
mod typographie;
mod zones;
