//! `/designations/{jeton}`: the designated successor accepts, declines, gives up (REG-8).

mod page;
mod renoncer;

pub use page::{page, repondre};
pub use renoncer::{confirmer, renoncer};
