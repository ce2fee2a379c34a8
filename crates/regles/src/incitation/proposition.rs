//! CAT: an aid is added or corrected by two persons: one proposes, another approves or rejects.

use crate::passage::Passage;
use crate::refus::Refus;

text_enum! {
    /// Where the proposal of an aid stands.
    pub enum EtatAide {
        /// Another person examines it.
        Proposee = "proposee", "À approuver";
        /// It is in the catalogue from its first day on.
        Approuvee = "approuvee", "Approuvée";
        /// It is not.
        Rejetee = "rejetee", "Rejetée";
    }
}

impl EtatAide {
    /// Where a proposal begins.
    pub const DEBUT: EtatAide = EtatAide::Proposee;
}

text_enum! {
    /// What can happen to the proposal of an aid.
    pub enum EvenementAide {
        /// Another person approves it.
        Approuver = "approuver", "L’approbation";
        /// It is rejected, with a reason.
        Rejeter = "rejeter", "Le rejet";
    }
}

/// The state of a proposal that follows: it is answered once.
///
/// # Errors
/// A refusal when it was answered.
pub fn transition(etat: EtatAide, evenement: EvenementAide) -> Result<Passage<EtatAide>, Refus> {
    let vers = match (etat, evenement) {
        (EtatAide::Proposee, EvenementAide::Approuver) => EtatAide::Approuvee,
        (EtatAide::Proposee, EvenementAide::Rejeter) => EtatAide::Rejetee,
        (EtatAide::Approuvee | EtatAide::Rejetee, _) => {
            return Err(Refus::fixe(
                "aide_examinee",
                "Cette proposition a déjà reçu sa réponse : faites-en une autre.",
            ));
        }
    };
    Ok(Passage::new(etat, vers))
}
