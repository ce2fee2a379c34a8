//! Mail as it leaves and as it arrives.

mod caducite;
mod chiffrement;
mod envoi;
mod rappel;
mod relais;
mod smtp_server;
