//! A document of a request is refused.

use chrono::NaiveDate;
use regles::texte;

use super::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant: why, and what is awaited with it.
#[derive(Debug)]
pub struct PieceRefusee<'a> {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    pub nature: &'a str,
    /// Name of the file.
    pub nom: &'a str,
    pub motif: &'a str,
    /// Last day to send what is awaited; none when the delay is not suspended.
    pub limite: Option<NaiveDate>,
    /// What is awaited: nature and what it must show, which may be empty.
    pub attendues: &'a [(&'a str, &'a str)],
}

impl Courrier for PieceRefusee<'_> {
    fn lettre(&self) -> Lettre {
        let lettre = self
            .dossier
            .lettre(
                Modele::PieceRefusee,
                "Une pièce de votre dossier est refusée",
            )
            .paragraphe(format!(
                "Nous avons examiné votre pièce « {} » ({}), et nous ne pouvons pas la retenir.",
                self.nature, self.nom
            ))
            .point("Pourquoi", self.motif);
        let lettre = match self.limite {
            Some(limite) => lettre
                .annonce(
                    &format!(
                        "Envoyez un autre document dans votre espace au plus tard le {} (inclus), avec tout ce que nous attendons",
                        texte::date_longue(limite)
                    ),
                    self.attendues.iter().copied(),
                )
                .paragraphe("Le délai de réponse est suspendu jusque-là."),
            None => lettre.paragraphe(
                "Envoyez un autre document dans votre espace : il prendra la place de celui-ci. L’étude de votre demande continue.",
            ),
        };
        lettre.action("Remplacer la pièce", self.dossier.chemin())
    }
}
