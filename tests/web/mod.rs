//! Over HTTP, as a browser without JavaScript.

mod compte;
mod socle;
