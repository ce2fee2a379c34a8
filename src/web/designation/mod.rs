//! `/designations/{jeton}`: the designated successor accepts, declines, gives up (REG-8).

mod decliner;
mod page;
mod renoncer;

pub use page::{page, repondre};
pub use renoncer::{confirmer, renoncer};
