//! A practitioner's request: its three steps, its receipt, its life.

mod accuse;
mod attestation;
mod audition;
mod conditions;
mod decision;
mod detail;
mod envoi;
mod faits;
mod formulaire;
mod guichet;
mod installation;
mod liste;
mod lu;
mod nature;
mod nouvelle;
mod objet;
mod offre;
mod papier;
mod pieces;
mod representant;
mod retrait;
mod silence;
mod verification;

pub use accuse::page as accuse;
pub use attestation::{lire as lire_l_attestation, obtenir as obtenir_l_attestation};
pub use audition::Audition;
pub use conditions::Conditions;
pub use decision::ouvrir as ouvrir_decision;
pub use detail::page;
pub use installation::declarer as declarer_installation;
pub use nouvelle::{formulaire, suivre};
pub use pieces::ajouter as ajouter_pieces;
pub use representant::{Revocation, nommer_representant, page_representant};
pub use retrait::{confirmer, retirer};
pub use silence::{demander_le_silence, interroger_le_silence};
