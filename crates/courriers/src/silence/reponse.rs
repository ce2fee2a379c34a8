//! The attestation of an acceptance born of silence waits in the portal: the mail does not give it.

use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the person who asked.
#[derive(Debug)]
pub struct AttestationDuSilence {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
}

impl Courrier for AttestationDuSilence {
    fn lettre(&self) -> Lettre {
        self.dossier
            .lettre(
                Modele::ReponseSilence,
                &format!("Dossier {} : votre attestation", self.dossier.numero),
            )
            .paragraphe("L’attestation que vous nous avez demandée est dans votre espace.")
            .action("Voir mon attestation", self.dossier.chemin())
    }
}
