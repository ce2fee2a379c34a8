//! The answer to one object.

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::lecture::ErreurFait;
use crate::conclusion::Conclusion;
use crate::regle::Explication;

/// The answer to one object, as written on its line.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Reponse {
    /// Evaluated, possibly `incomplet`.
    Conclue {
        /// As received, null when absent.
        id: Option<Box<RawValue>>,
        /// The result.
        #[serde(flatten)]
        conclue: Conclue,
    },
    /// Malformed: the field at fault and a sentence.
    Refusee {
        /// As received, null when it could not be read.
        id: Option<Box<RawValue>>,
        /// What is wrong.
        erreur: ErreurFait,
    },
}

/// A result with its values, what is missing and why.
#[derive(Debug, Serialize)]
pub struct Conclue {
    /// The result, as in the table of the contract.
    pub resultat: &'static str,
    /// Always an object.
    pub valeurs: Value,
    /// Facts that block, nested ones dotted.
    pub manquants: Vec<String>,
    /// Never empty.
    pub explication: Explication,
}

impl Reponse {
    pub(super) fn conclue(id: Option<Box<RawValue>>, conclue: Conclue) -> Self {
        Reponse::Conclue { id, conclue }
    }

    pub(super) fn refusee(id: Option<Box<RawValue>>, erreur: ErreurFait) -> Self {
        Reponse::Refusee { id, erreur }
    }

    /// Whether the object was refused.
    pub fn est_erreur(&self) -> bool {
        matches!(self, Reponse::Refusee { .. })
    }
}

impl Conclue {
    /// From the conclusion of a rule.
    ///
    /// # Errors
    /// The values cannot be written as JSON.
    pub(super) fn de<R, V: Serialize>(
        conclusion: Conclusion<R, V>,
        nom: impl Fn(R) -> &'static str,
    ) -> Result<Conclue, ErreurFait> {
        Ok(Conclue {
            resultat: nom(conclusion.resultat),
            valeurs: serde_json::to_value(conclusion.valeurs)
                .map_err(|e| ErreurFait::new("valeurs", e.to_string()))?,
            manquants: conclusion.manquants,
            explication: conclusion.explication,
        })
    }
}
