//! PRO-3: the documents that a grant waited for are there.

use chrono::NaiveDate;
use regles::texte;

use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct PiecesVenues {
    /// Whom it greets, about which request.
    pub dossier: Dossier,
    /// First day on which acts are covered.
    pub effet: NaiveDate,
}

impl Courrier for PiecesVenues {
    fn lettre(&self) -> Lettre {
        self.dossier
            .lettre(
                Modele::PiecesVenues,
                &format!("Dossier {} : vos pièces sont reçues", self.dossier.numero),
            )
            .paragraphe(format!(
                "Les pièces qui manquaient à votre dossier sont toutes reçues. Votre accord prend effet le {} : votre espace vous donne votre attestation à partir de ce jour.",
                texte::date_longue(self.effet)
            ))
            .action("Voir mon accord", self.dossier.chemin())
    }
}
