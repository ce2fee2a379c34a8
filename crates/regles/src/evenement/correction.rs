//! What an event corrects of what was declared.

use super::Fait;
use crate::correction::Correction;

impl Fait {
    /// A correction of what a practitioner declared, of any other event none.
    pub fn correction(&self) -> Option<Correction> {
        match self {
            Fait::DemandeCorrigee {
                motif,
                corrections,
                reevaluation,
                ..
            }
            | Fait::DepartCorrigee {
                motif,
                corrections,
                reevaluation,
                ..
            } => Some(Correction {
                motif: motif.clone(),
                corrections: corrections.clone(),
                reevaluation: reevaluation.clone(),
            }),
            _ => None,
        }
    }
}
