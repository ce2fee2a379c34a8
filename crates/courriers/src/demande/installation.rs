//! An installation is recorded.

use chrono::NaiveDate;
use regles::texte;

use super::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct InstallationEnregistree<'a> {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    pub commune: &'a str,
    /// Day of the installation.
    pub le: NaiveDate,
}

impl Courrier for InstallationEnregistree<'_> {
    fn lettre(&self) -> Lettre {
        self.dossier
            .lettre(Modele::Installation, "Votre installation est enregistrée")
            .paragraphe(format!(
                "Votre installation à {} est enregistrée au {}.",
                self.commune,
                texte::date_fr(self.le)
            ))
            .paragraphe("Vous n’avez plus rien à faire pour cette demande.")
            .action("Voir ma demande", self.dossier.chemin())
    }
}
