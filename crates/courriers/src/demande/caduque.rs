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
                "L’accord de conventionnement est sans effet (caduc) : l’installation devait commencer au plus tard le {} (inclus).",
                texte::date_longue(self.limite)
            ))
            .paragraphe("Si votre installation a commencé à temps, écrivez-nous avec un justificatif.")
            .action("Voir ma demande", self.dossier.chemin())
    }
}
