//! Letters about a decision. An e-mail announces a document, the document decides: no e-mail says what was decided before
//! it is notified, and a refusal is written with its reasons and its appeal routes, or not at all (PRO-5, PRO-6, PRO-8).

mod accord;
mod correction;
mod depot;
mod document;
mod motivation;
mod notifiee;
mod pieces_venues;
mod refus;
mod reserve;
mod retrait;

pub use accord::Accord;
pub use correction::CorrectionEnvoyee;
pub use depot::DocumentDepose;
pub use document::{Bloc, Delegation, Document, Recherche, Signature, Signe};
pub use motivation::{Arrete, Avis, Visas};
pub use notifiee::DecisionNotifiee;
pub use pieces_venues::PiecesVenues;
pub use refus::Refus;
pub use reserve::{ReserveDefaillie, ReserveLevee};
pub use retrait::{Correction, IntentionRetrait, Retrait};
