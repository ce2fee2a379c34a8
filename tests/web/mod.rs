//! Over HTTP, as a browser without JavaScript.

mod assets;
mod compte;
mod contraste;
mod socle;
mod specimen;
mod typographie;
mod zones;
