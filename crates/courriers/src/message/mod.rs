//! Letters that say a message waits, never what it says.

mod recu;
mod recu_agent;

pub use recu::MessageRecu;
pub use recu_agent::MessageRecuAgent;
