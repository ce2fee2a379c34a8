//! The notice that a document is available (letter 24 of the letter book, CRPA R112-19): never what it says.

use chrono::NaiveDate;
use regles::texte;

use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant who consented to the portal.
#[derive(Debug)]
pub struct DocumentDepose {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// Day it was made available.
    pub le: NaiveDate,
    /// Last day to open it.
    pub terme: NaiveDate,
}

impl Courrier for DocumentDepose {
    fn lettre(&self) -> Lettre {
        let le = texte::date_longue(self.le);
        self.dossier
            .lettre(
                Modele::AvisDepot,
                &format!("Dossier {} : un document vous attend", self.dossier.numero),
            )
            .paragraphe(format!(
                "Un document est à votre disposition dans votre espace depuis le {le}. Ouvrez-le au plus tard le {} (inclus). \
                 Sinon, il sera considéré comme notifié le {le}, et les délais auront couru depuis ce jour.",
                texte::date_longue(self.terme)
            ))
            .action("Ouvrir le document", self.dossier.chemin())
    }
}
