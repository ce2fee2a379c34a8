//! Over HTTP, as a browser without JavaScript.

mod compte;
mod assets;
mod contraste;
mod socle;
mod specimen;
mod typographie;
