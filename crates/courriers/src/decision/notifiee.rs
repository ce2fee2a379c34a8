//! PRO-8: the day the notification of a decision is recorded.

use chrono::NaiveDate;
use regles::texte;

use super::Refus;
use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct DecisionNotifiee<'a> {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// Day of the notification.
    pub le: NaiveDate,
    /// End of the delay that begins: to install, or to appeal.
    pub terme: NaiveDate,
    /// The refusal; none for a grant.
    pub refus: Option<&'a Refus<'a>>,
}

impl Courrier for DecisionNotifiee<'_> {
    fn lettre(&self) -> Lettre {
        let lettre = match self.refus {
            None => self.dossier.lettre(Modele::DecisionNotifiee, "Commencez votre installation")
                .paragraphe(format!(
                    "La décision qui vous accorde le conventionnement vous a été notifiée le {}.",
                    texte::date_fr(self.le)
                ))
                .paragraphe(format!(
                    "Commencez les formalités d’installation avant le {} inclus. Passé cette date, l’accord devient caduc (REG-9).",
                    texte::date_longue(self.terme)
                )),
            Some(refus) => refus
                .dire(self.dossier.lettre(
                    Modele::DecisionNotifiee,
                    "La décision sur votre demande vous a été notifiée",
                ))
                .paragraphe(format!(
                    "La notification est du {} : vous pouvez agir jusqu’au {} inclus.",
                    texte::date_fr(self.le),
                    texte::date_longue(self.terme)
                )),
        };
        lettre.action("Voir la décision", self.dossier.chemin())
    }
}
