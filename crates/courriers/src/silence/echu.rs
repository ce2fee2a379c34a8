//! Letter 29: a decision was born of silence.

use chrono::NaiveDate;
use regles::silence;
use regles::silence::EffetSilence;
use regles::texte;

use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the person, the day after: what, since when, what they can do and by when, what the caisse can still do.
#[derive(Debug)]
pub struct SilenceEchu {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// What was born.
    pub silence: silence::SilenceEchu,
    /// Last day to contest it, or to withdraw it.
    pub avant: NaiveDate,
    /// The routes of appeal, for a refusal.
    pub recours: Vec<String>,
}

impl Courrier for SilenceEchu {
    fn lettre(&self) -> Lettre {
        let avant = texte::date_longue(self.avant);
        let lettre = self
            .dossier
            .lettre(
                Modele::SilenceEchu,
                &format!(
                    "Dossier {} : ce que vaut notre silence",
                    self.dossier.numero
                ),
            )
            .paragraphe(self.silence.phrase());
        let lettre = match self.silence.effet {
            EffetSilence::Rejet => {
                let lettre = lettre.paragraphe(format!(
                    "Vous pouvez nous en demander les raisons et contester au plus tard le {avant} (inclus). La caisse peut encore accorder votre demande."
                ));
                self.recours
                    .iter()
                    .fold(lettre, |lettre, voie| lettre.paragraphe(format!("– {voie}")))
            }
            EffetSilence::Acceptation => lettre.paragraphe(format!(
                "Demandez votre attestation avant de commencer. La caisse ne pourrait revenir sur cet accord que s’il est contraire aux règles, au plus tard le {avant} (inclus)."
            )),
        };
        let action = match self.silence.effet {
            EffetSilence::Rejet => "Demander les raisons",
            EffetSilence::Acceptation => "Demander mon attestation",
        };
        lettre.action(action, self.dossier.chemin())
    }
}
