//! What an evaluation answers: a result, its values, what is missing, and why.

use serde::{Deserialize, Serialize};

use super::regle::Explication;

/// The answer of a rule: `resultat` says «incomplet» when `manquants` names what blocks it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conclusion<R, V> {
    /// The result.
    pub resultat: R,
    /// The computed values that go with it.
    pub valeurs: V,
    /// Unknown facts that block at the first blocking step, nested ones dotted.
    pub manquants: Vec<String>,
    /// Every condition examined, never empty.
    pub explication: Explication,
}

/// Names of the facts that are unknown among (name, known).
pub fn inconnus<const N: usize>(faits: [(&str, bool); N]) -> Vec<String> {
    faits
        .into_iter()
        .filter(|(_, connu)| !connu)
        .map(|(nom, _)| nom.to_owned())
        .collect()
}

/// Three-valued «and»: false as soon as one is false, unknown if one is unknown.
pub fn et(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Three-valued «or»: true as soon as one is true, unknown if one is unknown.
pub fn ou(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}
