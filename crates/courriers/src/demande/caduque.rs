//! REG-9: a grant lapses.

use chrono::NaiveDate;
use regles::texte;

use super::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct DemandeCaduque {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// Last day to install.
    pub limite: NaiveDate,
}

impl Courrier for DemandeCaduque {
    fn lettre(&self) -> Lettre {
        self.dossier.lettre(Modele::DemandeCaduque, "Votre accord de conventionnement est caduc")
            .paragraphe(format!(
                "L’accord de conventionnement n’est plus valable : l’installation devait commencer avant le {} inclus.",
                texte::date_fr(self.limite)
            ))
            .paragraphe("Si vous vous êtes installé dans ce délai, écrivez-nous sans attendre avec un justificatif.")
            .action("Voir ma demande", self.dossier.chemin())
    }
}
