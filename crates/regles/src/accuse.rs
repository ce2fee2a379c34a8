//! PRO-2: what the accusé de réception of a request says, and when it leaves.

use chrono::{Days, NaiveDate};

use super::calendrier::{Territoire, jour_ouvrable_suivant};
use super::dates_fr;
use super::echeance::{Delai, EcheanceError};
use super::recours::{self, Conteste, Destinataires};
use super::regle::RegleError;
use super::reglement::{Reglement, ReglementError};
use super::silence::{EffetSilence, SilenceEchu, effet_du_silence, terme_du_retrait};
use super::texte::{date_fr, date_longue};

/// The delay of silence, and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// How long.
    pub delai: Delai,
    /// What it is worth at the end.
    pub effet: EffetSilence,
    /// The appeal routes, when it is worth a refusal.
    pub recours: Vec<String>,
}

/// The delay and effect of silence for a request received on `jour` (PRO-2, PRO-7); `destinataires`: where the applicant
/// would contest a refusal born of it.
///
/// # Errors
/// No parameter in force that day.
pub fn silence(
    reglement: &Reglement,
    jour: NaiveDate,
    destinataires: &Destinataires,
) -> Result<Silence, ReglementError> {
    let delai = Delai::Mois(reglement.nombre("silence.delai", jour)?);
    let effet = effet_du_silence(reglement, jour)?;
    let recours = match effet {
        EffetSilence::Rejet => recours::textes(reglement, jour, Conteste::Silence, destinataires)?,
        EffetSilence::Acceptation => Vec::new(),
    };
    Ok(Silence {
        delai,
        effet,
        recours,
    })
}

impl Silence {
    /// The sentence of the receipt, with the day silence ends if the request is complete as it is.
    pub fn phrase(&self, finale: NaiveDate) -> String {
        let (effet, suite) = match self.effet {
            EffetSilence::Rejet => ("votre demande sera considérée comme refusée", ""),
            EffetSilence::Acceptation => (
                "votre demande sera considérée comme acceptée, à condition qu’elle soit complète : sinon, le délai part du jour \
                 où elle l’est",
                " Vous pourrez alors demander une attestation. N’engagez rien sans elle.",
            ),
        };
        format!(
            "Si nous ne vous avons pas répondu le {} au plus tard ({} après la réception de votre demande), {effet}.{suite}",
            dates_fr::longue(finale),
            self.delai
        )
    }
}

/// PRO-2: the last day to send the full receipt of a request (`accuse.delai`, in working days; CRPA R112-11-1).
///
/// # Errors
/// No parameter in force that day, or a day outside the calendar (`champ` is `recue`).
pub fn terme_de_l_accuse(
    reglement: &Reglement,
    recue: NaiveDate,
    territoire: Territoire,
) -> Result<NaiveDate, RegleError> {
    let mut jour = recue;
    for _ in 0..reglement.nombre("accuse.delai", recue)? {
        jour = jour
            .checked_add_days(Days::new(1))
            .and_then(|lendemain| jour_ouvrable_suivant(lendemain, territoire))
            .ok_or_else(|| RegleError::fait("recue", EcheanceError::HorsCalendrier.to_string()))?;
    }
    Ok(jour)
}

impl SilenceEchu {
    /// What happened, to the person: what, since when.
    pub fn phrase(self) -> String {
        format!(
            "Le {}, votre demande n’avait pas reçu de réponse : elle est considérée comme {} depuis ce jour.",
            date_longue(self.le),
            self.issue()
        )
    }

    /// What happened, to the caisse, and what it can still do.
    pub fn phrase_agent(self) -> String {
        let suite = match self.effet {
            EffetSilence::Rejet => {
                "La caisse peut encore l’accorder, ou la refuser par une décision motivée."
            }
            EffetSilence::Acceptation => {
                "La caisse ne peut plus la refuser : elle peut l’accorder par écrit, et délivrer l’attestation."
            }
        };
        format!(
            "Sans réponse le {}, la demande est considérée comme {} depuis ce jour. {suite}",
            date_fr(self.le),
            self.issue()
        )
    }

    /// The last day to contest a refusal born of silence: two months from the day it was born, or from that on which its
    /// reasons count as received (PRO-8); none for an acceptance.
    ///
    /// # Errors
    /// No parameter in force that day, or a day outside the calendar.
    pub fn contester_avant(
        self,
        reglement: &Reglement,
        territoire: Territoire,
    ) -> Result<Option<NaiveDate>, RegleError> {
        match self.effet {
            EffetSilence::Acceptation => Ok(None),
            EffetSilence::Rejet => {
                let depart = self.recue_le.unwrap_or(self.le);
                recours::terme(reglement, depart, territoire).map(Some)
            }
        }
    }

    /// The last day on which the caisse may withdraw an illegal acceptance (CRPA L242-1); none for a refusal.
    ///
    /// # Errors
    /// No parameter in force that day, or a day outside the calendar.
    pub fn retirer_avant(self, reglement: &Reglement) -> Result<Option<NaiveDate>, RegleError> {
        match self.effet {
            EffetSilence::Rejet => Ok(None),
            EffetSilence::Acceptation => terme_du_retrait(reglement, self.le).map(Some),
        }
    }
}
