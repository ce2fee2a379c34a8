//! Mail as it leaves and as it arrives.

mod envoi;
mod lettre;
mod rappel;
mod smtp_server;
