//! PRO-3: documents are missing.

use chrono::NaiveDate;
use regles::texte;

use super::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant: what is missing, and by when.
#[derive(Debug)]
pub struct PiecesDemandees<'a> {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// What is awaited: nature and what it must show, which may be empty.
    pub attendues: &'a [(&'a str, &'a str)],
    /// Last day to send them.
    pub finale: NaiveDate,
    /// Whether one of them is indispensable, and suspends the delay of the answer (CRPA L114-5-1).
    pub suspend: bool,
}

impl Courrier for PiecesDemandees<'_> {
    fn lettre(&self) -> Lettre {
        let lettre = self
            .dossier
            .lettre(
                Modele::PiecesDemandees,
                "Des pièces manquent à votre dossier",
            )
            .annonce(
                "Nous avons commencé à étudier votre demande. Il y manque",
                self.attendues.iter().copied(),
            );
        let suite = if self.suspend {
            "Le délai de notre réponse est suspendu jusque-là."
        } else {
            "Nous continuons d’étudier votre demande sans attendre."
        };
        lettre
            .paragraphe(format!(
                "Déposez ces pièces dans votre espace au plus tard le {} (inclus). Une copie suffit. {suite}",
                texte::date_longue(self.finale)
            ))
            .paragraphe("Passé cette date, votre demande pourra être classée sans suite (code des relations entre le public et l’administration, article L114-5).")
            .action("Déposer les pièces", self.dossier.chemin())
    }
}
