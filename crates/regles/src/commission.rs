//! PRO-4: the opinion of the *commission paritaire départementale* (CPD), and the time it has to give it.

use chrono::NaiveDate;

use super::calendrier::Territoire;
use super::echeance::{self, Echeance};
use super::regle::RegleError;
use super::reglement::Reglement;

/// The last day on which the CPD may give its opinion, after a referral (PRO-4, ECH-1, ECH-2): without one it is
/// «réputé rendu» from the day after.
///
/// # Errors
/// No parameter in force that day, or a deadline outside the calendar (`champ` is `saisine`).
pub fn terme_de_l_avis(
    reglement: &Reglement,
    saisine: NaiveDate,
    territoire: Territoire,
) -> Result<Echeance, RegleError> {
    let delai = reglement.delai("cpd.delai_avis", saisine)?;
    echeance::calculer(saisine, delai, territoire, &[])
        .map_err(|e| RegleError::fait("saisine", e.to_string()))
}
