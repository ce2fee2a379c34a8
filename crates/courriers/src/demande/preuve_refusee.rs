//! REG-9: the proof of an installation is refused, and the delay runs again.

use chrono::NaiveDate;
use regles::texte;

use super::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct PreuveRefusee<'a> {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    pub motif: &'a str,
    /// Last day of the delay that runs again.
    pub finale: NaiveDate,
}

impl Courrier for PreuveRefusee<'_> {
    fn lettre(&self) -> Lettre {
        self.dossier.lettre(
            Modele::PreuveInstallationRefusee,
            "La preuve de votre installation n’est pas retenue",
        )
        .paragraphe(format!(
            "Votre accord reste valable. Envoyez-nous une autre preuve de votre installation au plus tard le {} (inclus).",
            texte::date_longue(self.finale)
        ))
        .point("Pourquoi", self.motif)
        .paragraphe("Les jours que nous avons mis à examiner votre première preuve ne sont pas comptés.")
        .action("Envoyer une preuve", self.dossier.chemin())
    }
}
