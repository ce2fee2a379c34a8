//! Letters about a change: one that a practitioner announces, one that the CPAM makes in what was declared.

mod annonce_agent;
mod donnees_corrigees;
mod pris_en_compte;

pub use annonce_agent::ChangementAnnonceAgent;
pub use donnees_corrigees::{Corrige, DonneesCorrigees};
pub use pris_en_compte::ChangementPrisEnCompte;
