//! CTR-7, CTR-8: over which days the activity of a year of contract counts, and the statement that its payment waits for.

use chrono::{Datelike, NaiveDate};

use crate::contrat::Regime;
use crate::echeance::{Delai, EcheanceError, fin_brute};
use crate::regle::RegleError;
use crate::reglement::Reglement;

/// The first and last days whose acts count for a year of contract: the first one runs twelve months from the signature,
/// or to the end of its calendar year (`ctr.premiere_annee`); year k is the calendar year N + k − 1.
///
/// # Errors
/// No parameter in force at the signature, a year outside 1 to 5, or a day outside the calendar.
pub fn periode(
    reglement: &Reglement,
    signature: NaiveDate,
    annee: i64,
) -> Result<(NaiveDate, NaiveDate), RegleError> {
    let hors = || RegleError::fait("signature", EcheanceError::HorsCalendrier.to_string());
    let rang = i32::try_from(annee)
        .ok()
        .filter(|rang| (1..=5).contains(rang))
        .ok_or_else(|| RegleError::fait("annee", "l’année du contrat va de 1 à 5"))?;
    let civile = signature.year() + rang - 1;
    let fin_civile = NaiveDate::from_ymd_opt(civile, 12, 31).ok_or_else(hors)?;
    if rang > 1 {
        let du = NaiveDate::from_ymd_opt(civile, 1, 1).ok_or_else(hors)?;
        return Ok((du, fin_civile));
    }
    let au = match reglement.texte("ctr.premiere_annee", signature)? {
        "annee_civile" => fin_civile,
        _ => fin_brute(signature, Delai::Mois(12))
            .and_then(|jour| jour.pred_opt())
            .ok_or_else(hors)?,
    };
    Ok((signature, au))
}

text_enum! {
    /// Where the statement of activity of a year stands.
    pub enum Releve {
        /// Its year is not over.
        AVenir = "a_venir", "À venir";
        /// The caisse has to send it.
        AEnvoyer = "a_envoyer", "À envoyer";
        /// The MK has to complete and justify it.
        ACompleter = "a_completer", "À compléter";
        /// Returned: the payment may be computed.
        Rendu = "rendu", "Rendu";
    }
}

/// CTR-7: where the statement of a year stands on `jour`; the payment of the year depends on it.
pub fn releve(
    periode: (NaiveDate, NaiveDate),
    envoye_le: Option<NaiveDate>,
    rendu_le: Option<NaiveDate>,
    jour: NaiveDate,
) -> Releve {
    match (rendu_le, envoye_le) {
        (Some(_), _) => Releve::Rendu,
        (None, Some(_)) => Releve::ACompleter,
        (None, None) if jour <= periode.1 => Releve::AVenir,
        (None, None) => Releve::AEnvoyer,
    }
}

/// CTR-8: what the share of a year is a share of: the conventioned activity made in the zone, or under avenant 5 the acts
/// made with patients who live there.
pub fn part(regime: Regime) -> &'static str {
    match regime {
        Regime::Avenant5 => {
            "Part des actes de l’année auprès de patients qui résident dans la zone"
        }
        Regime::Avenant7 => "Part de l’activité conventionnée de l’année dans la zone",
    }
}
