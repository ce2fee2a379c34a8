//! What was asked for after a silence waits in the portal: the mail does not give it.

use regles::silence::EffetSilence;

use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the person who asked.
#[derive(Debug)]
pub struct ReponseDuSilence {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// What silence was worth.
    pub effet: EffetSilence,
}

impl Courrier for ReponseDuSilence {
    fn lettre(&self) -> Lettre {
        let (sujet, phrase, action) = match self.effet {
            EffetSilence::Rejet => (
                "les raisons demandées",
                "Les raisons que vous nous avez demandées sont dans votre espace, avec les voies de recours. Le délai pour contester court à compter d’aujourd’hui.",
                "Lire les raisons",
            ),
            EffetSilence::Acceptation => (
                "votre attestation",
                "L’attestation que vous nous avez demandée est dans votre espace.",
                "Voir mon attestation",
            ),
        };
        self.dossier
            .lettre(
                Modele::ReponseSilence,
                &format!("Dossier {} : {sujet}", self.dossier.numero),
            )
            .paragraphe(phrase)
            .action(action, self.dossier.chemin())
    }
}
