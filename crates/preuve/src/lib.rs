//! What proves the journal to somebody who has neither the database nor the network.
//!
//! An event is a link of the chain of its caisse. The links of a chain are the leaves of a tree (RFC 6962), and the roots of
//! all chains those of a second one, whose root is signed once a day: a [`Jalon`]. So a bundle proves its own events by some
//! twenty digests each, without showing anybody else's, and a jalon kept elsewhere proves that nothing was rewritten since,
//! even by who can rewrite the whole database.

mod arbre;
mod horodatage;
mod jalon;
mod liasse;
mod verification;

pub use arbre::{Arbre, Chemin, Racine};
pub use horodatage::{Horodatage, HorodatageError, demande};
pub use jalon::{Cle, CleSecrete, Jalon, JalonError, Signe};
pub use liasse::{ChaineProuvee, EvenementProuve, FORMAT, Preuve, Scelle};
pub use verification::{Confiance, Constat, Limites, Rapport, VerificationError, verifier};
