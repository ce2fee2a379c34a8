//! PRO-9: what is recorded of an appeal, and what its outcome does to the place.

use chrono::NaiveDate;

use super::{Degre, Voie, a_temps, silence_de_la_cra};
use crate::calendrier::Territoire;
use crate::demande::Sens;
use crate::grand_livre::EtatPlace;
use crate::regle::RegleError;
use crate::reglement::Reglement;
use crate::silence::terme_du_silence;

/// An appeal, as it is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recours {
    /// Before whom.
    pub degre: Degre,
    /// Day it was posted or filed.
    pub envoye_le: NaiveDate,
    /// Day it was received.
    pub recu_le: NaiveDate,
}

impl Recours {
    /// Whether it belongs to a route.
    pub fn suit(&self, voie: Voie) -> bool {
        voie.degres().contains(&self.degre)
    }

    /// Whether the delay that ended on `terme` was kept; `None` while the decision is not notified: nothing ran.
    pub fn a_temps(&self, terme: Option<NaiveDate>) -> Option<bool> {
        terme.map(|terme| a_temps(self.envoye_le, terme))
    }

    /// The day on which the silence of who must answer is a rejection; `None` before a court, which always answers.
    ///
    /// # Errors
    /// No parameter in force on the day it was received, or a deadline outside the calendar.
    pub fn repondre_avant(
        &self,
        reglement: &Reglement,
        territoire: Territoire,
    ) -> Result<Option<NaiveDate>, RegleError> {
        match self.degre {
            Degre::Cra => {
                silence_de_la_cra(reglement, self.recu_le, territoire).map(|e| Some(e.finale))
            }
            Degre::Gracieux => {
                terme_du_silence(reglement, self.recu_le, territoire, &[]).map(|e| Some(e.finale))
            }
            _ => Ok(None),
        }
    }
}

text_enum! {
    /// How an appeal ended.
    pub enum Issue {
        /// The decision stands.
        Rejet = "rejet", "Rejet";
        /// Too late, or before the wrong body.
        Irrecevabilite = "irrecevabilite", "Recours tardif ou mal adressé";
        /// The person gave it up.
        Desistement = "desistement", "Désistement";
        /// The decision is undone.
        Annulation = "annulation", "Annulation de la décision";
    }
}

/// What the outcome of an appeal asks of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffetPlace {
    /// Nothing changes.
    Aucun,
    /// A refusal is undone and the place is free: it is kept for this request until it is decided on again.
    AGarder,
    /// A refusal is undone and the place was taken meanwhile: a departure is consumed once (REG-2), somebody decides.
    DejaPrise,
    /// A grant is undone: its place is free again, if its two years are not over (REG-9).
    ARendre,
}

/// What the outcome of an appeal against a decision does to the place it rests on.
pub fn effet_sur_la_place(issue: Issue, contestee: Sens, place: EtatPlace) -> EffetPlace {
    match (issue, contestee) {
        (Issue::Rejet | Issue::Irrecevabilite | Issue::Desistement, _) => EffetPlace::Aucun,
        (Issue::Annulation, Sens::Accord) if place.prise() => EffetPlace::ARendre,
        (Issue::Annulation, Sens::Accord) => EffetPlace::Aucun,
        (Issue::Annulation, Sens::Refus) if place.prise() => EffetPlace::DejaPrise,
        (Issue::Annulation, Sens::Refus) => EffetPlace::AGarder,
    }
}
