//! PRO-8: the day that counts, once the document is notified. It repeats neither the sense of a refusal nor its reasons.

use chrono::NaiveDate;
use regles::demande::Sens;
use regles::texte;

use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct DecisionNotifiee {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// Grant or refusal.
    pub sens: Sens,
    /// Day of the notification.
    pub le: NaiveDate,
    /// End of the delay that begins: to install, to meet the condition of a grant, or to appeal.
    pub terme: NaiveDate,
    /// REG-17: whether the grant waits for a condition.
    pub sous_reserve: bool,
}

impl Courrier for DecisionNotifiee {
    fn lettre(&self) -> Lettre {
        let notifie = format!(
            "Le document de votre dossier vous est notifié : le jour qui compte est le {}.",
            texte::date_longue(self.le)
        );
        let terme = texte::date_longue(self.terme);
        self.dossier
            .lettre(
                Modele::DecisionNotifiee,
                &format!("Dossier {} : le délai qui commence", self.dossier.numero),
            )
            .paragraphe(notifie)
            .paragraphe(match self.sens {
                Sens::Accord if self.sous_reserve => format!(
                    "La condition que dit ce document est à remplir et à prouver au plus tard le {terme} (inclus) : passé ce jour, il n’a \
                     plus d’effet. Ne commencez pas avant que nous vous ayons écrit qu’elle est remplie."
                ),
                Sens::Accord => format!(
                    "Commencez les formalités d’installation au plus tard le {terme} (inclus) : passé ce jour, l’accord n’a plus \
                     d’effet (il est caduc)."
                ),
                Sens::Refus => format!(
                    "Si vous contestez ce document, le dernier jour pour le faire est le {terme} (inclus). Le document dit à \
                     qui écrire."
                ),
            })
            .action("Voir le document", self.dossier.chemin())
    }
}
