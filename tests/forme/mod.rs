//! How what people read is written: typography, colours. No database.

mod contraste;
pub mod typographie;
mod vocabulaire;
