//! PRO-2: what the accusé de réception of a request says, and the appeal routes (PRO-6).

use chrono::NaiveDate;

use super::dates_fr;
use super::echeance::Delai;
use super::reglement::{Reglement, ReglementError};

/// What silence is worth (PRO-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffetSilence {
    /// The request is refused.
    Rejet,
    /// The request is granted.
    Acceptation,
}

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

/// The delay and effect of silence for a request received on `jour` (PRO-2, PRO-7).
///
/// # Errors
/// No parameter in force that day.
pub fn silence(reglement: &Reglement, jour: NaiveDate) -> Result<Silence, ReglementError> {
    let delai = Delai::Mois(reglement.nombre("silence.delai", jour)?);
    let effet = match reglement.texte("silence.effet", jour)? {
        "acceptation" => EffetSilence::Acceptation,
        _ => EffetSilence::Rejet,
    };
    let recours = match effet {
        EffetSilence::Rejet => voies_de_recours(reglement, jour)?,
        EffetSilence::Acceptation => Vec::new(),
    };
    Ok(Silence {
        delai,
        effet,
        recours,
    })
}

impl Silence {
    /// The sentence of the receipt, with the day silence ends.
    pub fn phrase(&self, finale: NaiveDate) -> String {
        let effet = match self.effet {
            EffetSilence::Rejet => "votre demande sera considérée comme refusée",
            EffetSilence::Acceptation => "votre demande sera considérée comme acceptée",
        };
        format!(
            "Si nous ne vous avons pas répondu le {} au plus tard ({} après la réception de votre demande), {effet}.",
            dates_fr::longue(finale),
            self.delai
        )
    }
}

/// The appeal routes against an unfavourable decision, express or implicit (CJA R421-1, R421-5).
///
/// # Errors
/// No parameter in force that day.
pub fn voies_de_recours(
    reglement: &Reglement,
    jour: NaiveDate,
) -> Result<Vec<String>, ReglementError> {
    let delai = Delai::Mois(reglement.nombre("recours.delai", jour)?);
    Ok(vec![
        format!(
            "Un recours gracieux, adressé au directeur de la caisse dans les {delai} qui suivent la décision : il conserve le délai pour saisir le tribunal."
        ),
        format!(
            "Un recours contentieux devant le tribunal administratif dans les {delai} qui suivent la décision, ou le rejet de votre recours gracieux (articles R421-1 et R421-5 du code de justice administrative). Le tribunal peut être saisi par l’application Télérecours citoyens."
        ),
    ])
}
