//! Over HTTP, as a browser without JavaScript.

mod socle;
