//! A file is complete.

use chrono::NaiveDate;
use regles::texte;

use super::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct DemandeComplete {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// Since when.
    pub le: NaiveDate,
}

impl Courrier for DemandeComplete {
    fn lettre(&self) -> Lettre {
        self.dossier.lettre(Modele::DemandeComplete, "Votre dossier est complet")
            .paragraphe(format!("Votre dossier est complet depuis le {}.", texte::date_fr(self.le)))
            .paragraphe("Nous l’instruisons. Vous n’avez rien à faire : nous vous écrirons dès qu’une décision sera prise.")
            .action("Suivre ma demande", self.dossier.chemin())
    }
}
