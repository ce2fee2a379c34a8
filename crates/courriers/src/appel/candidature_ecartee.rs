//! An application is set aside, with a reason.

use regles::texte;

use super::Appel;
use crate::{Courrier, Lettre, Modele};

/// To the candidate.
#[derive(Debug)]
pub struct CandidatureEcartee<'a> {
    /// Whom it greets, the zone, whom to call.
    pub appel: Appel,
    pub motif: &'a str,
}

impl Courrier for CandidatureEcartee<'_> {
    fn lettre(&self) -> Lettre {
        self.appel
            .lettre(
                Modele::CandidatureEcartee,
                "Votre candidature n’est pas examinée",
            )
            .paragraphe(format!(
                "Votre candidature à la place {} est écartée du classement.",
                texte::de(&self.appel.commune)
            ))
            .point("Motif", self.motif)
            .paragraphe("Si ce motif vous semble inexact, écrivez-nous sans attendre.")
    }
}
