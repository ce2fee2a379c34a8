//! PRO-14: the compartment of health: what an agent puts in it, what the praticien-conseil reads, concludes and takes away.

mod apart;
mod dossier;
mod liste;

pub use apart::{MiseAPart, MiseAPartDUnMessage};
pub use dossier::{archive, conclure, page};
pub use liste::liste;

/// Where the praticien-conseil works.
pub const CHEMIN: &str = "/praticien-conseil";
