//! PRO-2: what the accusé de réception of a request says, and when it leaves.

use chrono::{Days, NaiveDate};

use super::calendrier::{Territoire, jour_ouvrable_suivant};
use super::dates_fr;
use super::echeance::{Delai, EcheanceError};
use super::recours::{self, Conteste, Destinataires};
use super::regle::RegleError;
use super::reglement::{Reglement, ReglementError};
use super::silence::{EffetSilence, effet_du_silence};

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
