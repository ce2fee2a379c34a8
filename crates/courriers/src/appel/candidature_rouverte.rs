//! REG-12: the winner is out, the place is to be attributed again.

use regles::texte;

use super::Abandon;
use super::Appel;
use crate::{Courrier, Lettre, Modele};

/// To a candidate in the running again.
#[derive(Debug)]
pub struct CandidatureRouverte {
    /// Whom it greets, the zone, whom to call.
    pub appel: Appel,
    pub abandon: Abandon,
}

impl Courrier for CandidatureRouverte {
    fn lettre(&self) -> Lettre {
        self.appel.lettre(
            Modele::CandidatureRouverte,
            format!("La place {} est de nouveau à attribuer", texte::de(&self.appel.commune)),
        )
        .paragraphe(format!(
            "La personne à qui la place était attribuée {}. Votre candidature est de nouveau en lice.",
            self.abandon.phrase()
        ))
        .paragraphe("Si cette place ne vous intéresse plus, retirez-la : la place sera proposée à la personne suivante.")
        .action("Voir ma candidature", self.appel.chemin())
    }
}
