//! Whose turn it is on a call to candidates (REG-12).

use chrono::NaiveDate;

use super::{Attente, Fin, Qui, Quoi};
use crate::appel::EtatAppel;

/// The facts of a call to candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaitsAppel {
    /// Where it stands.
    pub etat: EtatAppel,
    /// Whether it still receives applications.
    pub recoit: bool,
    /// Whether somebody is in the running.
    pub en_lice: bool,
    /// Whether every value is checked.
    pub verifie: bool,
    /// Whether the commission ranked.
    pub classe: bool,
    /// Last day to apply.
    pub cloture: NaiveDate,
}

/// Whose turn it is on a call (REG-12).
pub fn appel(f: &FaitsAppel) -> Attente {
    let (qui, quoi) = match f.etat {
        EtatAppel::Ouvert if f.recoit => (Qui::Candidats, Quoi::Candidater),
        EtatAppel::Ouvert if !f.en_lice => (Qui::Caisse, Quoi::CloreAppel),
        EtatAppel::Ouvert if !f.verifie => (Qui::Caisse, Quoi::VerifierValeurs),
        EtatAppel::Ouvert if !f.classe => (Qui::Commission, Quoi::Classer),
        EtatAppel::Ouvert => (Qui::Signataire, Quoi::AttribuerPlace),
        etat => (Qui::Personne, Quoi::Rien(Fin::Appel(etat))),
    };
    Attente {
        qui,
        quoi,
        avant: f.recoit.then_some(f.cloture),
        silence: None,
    }
}
