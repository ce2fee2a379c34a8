//! What a bundle holds besides its files: its events, and what proves them.

use regles::evenement::Empreinte;
use serde::{Deserialize, Serialize};

use crate::arbre::{Chemin, Racine};

/// The name and version of the format.
pub const FORMAT: &str = "releve-preuve-1";

/// The file `preuve/preuve.json` of a bundle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preuve {
    /// [`FORMAT`].
    pub format: String,
    /// Number of the file.
    pub dossier: String,
    /// Its events, in their order.
    pub evenements: Vec<EvenementProuve>,
    /// The chains in which they stand, as the jalon has them; none while nothing is sealed.
    pub chaines: Vec<ChaineProuvee>,
}

/// An event, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvenementProuve {
    /// Its chain.
    pub chaine: String,
    /// Its rank there, from one.
    pub seq: i64,
    /// The digest of the event before.
    pub precedente: Empreinte,
    /// What is hashed.
    pub texte: String,
    /// Who, and what is said of people; none once erased.
    pub scelle: Option<Scelle>,
    /// The way to the root of its chain; none after the jalon.
    pub chemin: Option<Chemin>,
}

/// The part of an event that can be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scelle {
    /// The salt of its commitment, in hexadecimal.
    pub sel: String,
    /// Its text.
    pub personnel: String,
}

/// A chain in the tree of the chains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChaineProuvee {
    /// Its code.
    pub code: String,
    /// Its root.
    pub racine: Racine,
    /// Its rank among the chains, from zero.
    pub rang: u64,
    /// The way to the root of the jalon.
    pub chemin: Chemin,
}
