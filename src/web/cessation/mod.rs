//! A practitioner's departure: declared, followed, its successor designated.

mod designer;
mod detail;
mod nouvelle;
mod retrait;

pub use designer::designer;
pub use detail::page;
pub use nouvelle::{declarer, formulaire};
pub use retrait::{confirmer, retirer};
