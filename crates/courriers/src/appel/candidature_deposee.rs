//! REG-12: an application is received.

use chrono::NaiveDate;
use regles::texte;

use super::Appel;
use crate::{Courrier, Lettre, Modele};

/// To the candidate.
#[derive(Debug)]
pub struct CandidatureDeposee {
    /// Whom it greets, the zone, whom to call.
    pub appel: Appel,
    /// Last day to apply.
    pub cloture: NaiveDate,
}

impl Courrier for CandidatureDeposee {
    fn lettre(&self) -> Lettre {
        self.appel.lettre(
            Modele::CandidatureDeposee,
            format!("Votre candidature à une place à {} est reçue", self.appel.commune),
        )
        .paragraphe(format!(
            "Nous avons reçu votre candidature. Les candidatures sont examinées après le {}, puis la commission paritaire les classe et la direction de la caisse attribue la place.",
            texte::date_fr(self.cloture)
        ))
        .action("Voir ma candidature", self.appel.chemin())
    }
}
