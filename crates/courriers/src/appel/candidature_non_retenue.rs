//! REG-12: the place goes to somebody else.

use regles::texte;

use super::Appel;
use crate::{Courrier, Lettre, Modele};

/// To the candidate.
#[derive(Debug)]
pub struct CandidatureNonRetenue {
    /// Whom it greets, the zone, whom to call.
    pub appel: Appel,
}

impl Courrier for CandidatureNonRetenue {
    fn lettre(&self) -> Lettre {
        self.appel.lettre(
            Modele::CandidatureNonRetenue,
            format!("La place {} est attribuée à une autre personne", texte::de(&self.appel.commune)),
        )
        .paragraphe("Votre candidature n’a pas été retenue : la direction de la caisse a attribué la place à une autre personne.")
        .paragraphe("Vos points et votre rang, critère par critère, sont sur la page de l’appel.")
        .action("Voir mon classement", self.appel.chemin())
    }
}
