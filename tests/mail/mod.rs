//! Mail as it leaves and as it arrives.

mod envoi;
mod lettre;
mod smtp_server;
