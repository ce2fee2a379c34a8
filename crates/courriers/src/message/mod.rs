//! Letters that say a message waits, never what it says.

mod du_jour;
mod recu;
mod recu_agent;

pub use du_jour::MessagesDuJour;
pub use recu::MessageRecu;
pub use recu_agent::MessageRecuAgent;
