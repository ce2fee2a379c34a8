//! That a letter was corrected (letter 23): the correction itself is a document.

use chrono::NaiveDate;
use regles::texte;

use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct CorrectionEnvoyee<'a> {
    /// Whom it greets, about which request.
    pub dossier: Dossier,
    /// The day of the letter that was corrected.
    pub lettre: NaiveDate,
    /// The wrong words.
    pub faux: &'a str,
    /// The right ones.
    pub juste: &'a str,
}

impl Courrier for CorrectionEnvoyee<'_> {
    fn lettre(&self) -> Lettre {
        self.dossier
            .lettre(
                Modele::CorrectionEnvoyee,
                &format!("Dossier {} : une correction", self.dossier.numero),
            )
            .paragraphe(format!(
                "La lettre du {} comporte une erreur : au lieu de « {} », lisez « {} ». Le reste est inchangé.",
                texte::date_fr(self.lettre),
                self.faux,
                self.juste
            ))
            .action("Lire la correction", self.dossier.chemin())
    }
}
