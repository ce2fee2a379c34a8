//! A file was said to be complete by mistake.

use chrono::NaiveDate;
use regles::texte;

use super::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant, who was told that it was complete.
#[derive(Debug)]
pub struct CompletAnnule<'a> {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// Since when the first letter said that it was.
    pub le: Option<NaiveDate>,
    /// Why it is not.
    pub raison: &'a str,
}

impl Courrier for CompletAnnule<'_> {
    fn lettre(&self) -> Lettre {
        let dit = match self.le {
            Some(le) => format!(
                "Nous vous avons écrit que votre dossier était complet depuis le {}.",
                texte::date_fr(le)
            ),
            None => "Nous vous avons écrit que votre dossier était complet.".to_owned(),
        };
        self.dossier
            .lettre(Modele::CompletAnnule, "Votre dossier n’est pas complet : nous nous sommes trompés")
            .paragraphe(format!("{dit} C’était une erreur de notre part : il ne l’est pas encore."))
            .paragraphe(format!("La raison : {}", self.raison))
            .paragraphe("Vous n’avez rien à faire pour l’instant. S’il vous manque une pièce, nous vous la demanderons, avec un délai pour l’envoyer.")
            .action("Suivre ma demande", self.dossier.chemin())
    }
}
