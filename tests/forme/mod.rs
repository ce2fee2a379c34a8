//! How what people read is written: typography, letters, colours. No database.

mod contraste;
mod lettre;
pub mod typographie;
