//! An application is withdrawn.

use regles::texte;

use super::Appel;
use crate::{Courrier, Lettre, Modele};

/// To the candidate.
#[derive(Debug)]
pub struct CandidatureRetiree {
    /// Whom it greets, the zone, whom to call.
    pub appel: Appel,
}

impl Courrier for CandidatureRetiree {
    fn lettre(&self) -> Lettre {
        self.appel.lettre(Modele::CandidatureRetiree, "Votre candidature est retirée")
            .paragraphe(format!(
                "Vous avez retiré votre candidature à la place {}. Vous n’avez rien d’autre à faire.",
                texte::de(&self.appel.commune)
            ))
    }
}
