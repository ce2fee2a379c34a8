//! PRO-7: what is said once silence was worth an answer (letters 27 to 29 of the letter book).

mod attestation;
mod echu;
mod motifs;
mod raisons;
mod reponse;

pub use attestation::Attestation;
pub use echu::SilenceEchu;
pub use motifs::MotifsImplicite;
pub use raisons::Raisons;
pub use reponse::AttestationDuSilence;
