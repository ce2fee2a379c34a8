//! REG-17: a grant on a condition, «sous réserve de la cessation effective au plus tard le …».

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendrier::Territoire;
use super::echeance::{Echeance, NatureEcheance, Suspension};
use super::grand_livre::EtatPlace;
use super::regle::RegleError;
use super::reglement::Reglement;

/// The condition of a grant, as it is stored with the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserve {
    /// What must happen, in words: «la cessation effective d’Hélène Martin».
    pub condition: String,
    /// Last day for the condition to be met, included.
    pub au_plus_tard: NaiveDate,
    /// What proves it, in words.
    pub preuve: String,
}

/// What became of a conditional grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    /// The condition may still be met.
    EnCours,
    /// Met on that day: the grant takes effect, and the six months of REG-9 run from it.
    Levee(NaiveDate),
    /// Unmet: the grant lapses, and the place may be designated again while its two years are not over.
    Defaillie,
}

impl Issue {
    /// Where a grant stands on `jour`, by the last day of its condition, and the day it was met by its proof.
    pub fn de(au_plus_tard: NaiveDate, realisee: Option<NaiveDate>, jour: NaiveDate) -> Issue {
        match realisee {
            Some(le) if le <= au_plus_tard => Issue::Levee(le),
            None if jour <= au_plus_tard => Issue::EnCours,
            _ => Issue::Defaillie,
        }
    }

    /// REG-9: from which day the six months to install run; none while the grant has no effect.
    pub fn debut_de_l_installation(self, notification: NaiveDate) -> Option<NaiveDate> {
        match self {
            Issue::Levee(effet) => Some(effet.max(notification)),
            Issue::EnCours | Issue::Defaillie => None,
        }
    }
}

impl Reserve {
    /// Where the grant stands on `jour`, the condition being met on the day that its proof gives.
    pub fn issue(&self, realisee: Option<NaiveDate>, jour: NaiveDate) -> Issue {
        Issue::de(self.au_plus_tard, realisee, jour)
    }
}

/// REG-9, REG-17: the end of the six months to install, once the condition is met: they run from that day, never from a
/// notification that came before. `None` while the grant has no effect.
///
/// # Errors
/// No parameter in force that day, or a deadline outside the calendar (`champ` is `depart`).
pub fn terme_de_l_installation(
    reglement: &Reglement,
    issue: Issue,
    notification: NaiveDate,
    territoire: Territoire,
    suspensions: &[Suspension],
) -> Result<Option<Echeance>, RegleError> {
    let Some(depart) = issue.debut_de_l_installation(notification) else {
        return Ok(None);
    };
    let installation = NatureEcheance::Installation;
    let delai = installation.delai(reglement, depart)?;
    let terme = installation.calculer(reglement, depart, delai, territoire, suspensions)?;
    Ok(Some(terme))
}

/// REG-17: what a place becomes once the condition of the grant that took it is settled; none while it runs: it stays
/// reserved.
pub fn place(issue: Issue, limite_designation: NaiveDate, jour: NaiveDate) -> Option<EtatPlace> {
    match issue {
        Issue::EnCours | Issue::Levee(_) => None,
        Issue::Defaillie if redevient_designable(limite_designation, jour) => {
            Some(EtatPlace::Ouverte)
        }
        Issue::Defaillie => Some(EtatPlace::Caduque),
    }
}

/// REG-9, REG-17: whether a place whose grant lapsed may be designated again on `jour`: its two years are not over.
pub fn redevient_designable(limite_designation: NaiveDate, jour: NaiveDate) -> bool {
    jour <= limite_designation
}
