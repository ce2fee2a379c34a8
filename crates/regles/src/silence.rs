//! PRO-1, PRO-3, PRO-7: silence: what it is worth, from when it counts, when it ends, what follows.

use chrono::NaiveDate;

use super::calendrier::Territoire;
use super::echeance::{
    self, Delai, Echeance, EcheanceError, NatureEcheance, Suspension, fin_brute,
};
use super::regle::RegleError;
use super::reglement::{Reglement, ReglementError};

/// What silence is worth (PRO-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffetSilence {
    /// The request is refused.
    Rejet,
    /// The request is granted.
    Acceptation,
}

/// What silence is worth for a request received on `jour` (PRO-7).
///
/// # Errors
/// No parameter in force that day.
pub fn effet_du_silence(
    reglement: &Reglement,
    jour: NaiveDate,
) -> Result<EffetSilence, ReglementError> {
    Ok(match reglement.texte("silence.effet", jour)? {
        "acceptation" => EffetSilence::Acceptation,
        _ => EffetSilence::Rejet,
    })
}

/// What starts the delay of silence: when a request was received, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reception {
    /// By the caisse it was sent to first.
    pub premiere: NaiveDate,
    /// By the caisse in charge; the same day where it was sent there (CRPA L114-3).
    pub competente: NaiveDate,
    /// Day the file was complete; none while it is not.
    pub complete: Option<NaiveDate>,
}

/// PRO-1, PRO-3: the day from which silence counts: where it rejects, the first reception; where it accepts, the complete
/// file of the caisse in charge, `None` while it is not complete.
pub fn depart_du_silence(effet: EffetSilence, reception: &Reception) -> Option<NaiveDate> {
    match effet {
        EffetSilence::Rejet => Some(reception.premiere),
        EffetSilence::Acceptation => reception.complete.map(|le| le.max(reception.competente)),
    }
}

/// PRO-7: the end of silence. Whether its last day moves to a working day is `silence.report_jour_non_ouvrable`, of the
/// day it starts.
///
/// # Errors
/// No parameter in force that day, or an impossible suspension (`champ` is `depart`).
pub fn terme_du_silence(
    reglement: &Reglement,
    depart: NaiveDate,
    territoire: Territoire,
    suspensions: &[Suspension],
) -> Result<Echeance, RegleError> {
    let silence = NatureEcheance::DecisionImplicite;
    let delai = silence.delai(reglement, depart)?;
    silence.calculer(reglement, depart, delai, territoire, suspensions)
}

/// PRO-7: the last day to give the reasons of an implicit refusal, from the day they were asked for (CRPA L232-4).
///
/// # Errors
/// As [`terme_du_silence`].
pub fn terme_des_motifs(
    reglement: &Reglement,
    demandes_le: NaiveDate,
    territoire: Territoire,
) -> Result<Echeance, RegleError> {
    let delai = reglement.delai("silence.delai_motifs", demandes_le)?;
    echeance::calculer(demandes_le, delai, territoire, &[])
        .map_err(|e| RegleError::fait("depart", e.to_string()))
}

/// PRO-7: what silence made of a request, and what may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeeDuSilence {
    /// Nothing yet: the caisse may answer until the last day, included.
    Rien,
    /// Refused since the day after: the person may ask for the reasons, and contest; the caisse may still grant it.
    Refusee {
        /// First day.
        depuis: NaiveDate,
    },
    /// Granted since the day after: an attestation is due to who asks for it (CRPA L232-3); only an illegal grant may be
    /// withdrawn, until the last day of CRPA L242-1.
    Acceptee {
        /// First day.
        depuis: NaiveDate,
        /// Last day to withdraw it.
        retrait_jusqu_au: NaiveDate,
    },
}

/// PRO-7: what silence is worth on `jour` for a request that nobody answered, its delay ending on `terme`. Nothing is ever
/// recorded by itself: this is what the law says meanwhile.
///
/// # Errors
/// No parameter in force on the day of the end, or a day outside the calendar (`champ` is `depart`).
pub fn ne_du_silence(
    reglement: &Reglement,
    effet: EffetSilence,
    terme: NaiveDate,
    jour: NaiveDate,
) -> Result<NeeDuSilence, RegleError> {
    if jour <= terme {
        return Ok(NeeDuSilence::Rien);
    }
    let depuis = fin_brute(terme, Delai::Jours(1))
        .ok_or_else(|| RegleError::fait("depart", EcheanceError::HorsCalendrier.to_string()))?;
    Ok(match effet {
        EffetSilence::Rejet => NeeDuSilence::Refusee { depuis },
        EffetSilence::Acceptation => NeeDuSilence::Acceptee {
            depuis,
            retrait_jusqu_au: terme_du_retrait(reglement, depuis)?,
        },
    })
}

/// PRO-7: the last day to withdraw an illegal decision that creates rights, an implicit acceptance too (CRPA L242-1).
///
/// # Errors
/// No parameter in force that day, or a day outside the calendar (`champ` is `depart`).
pub fn terme_du_retrait(
    reglement: &Reglement,
    decision: NaiveDate,
) -> Result<NaiveDate, RegleError> {
    let delai = reglement.delai("retrait.delai", decision)?;
    fin_brute(decision, delai)
        .ok_or_else(|| RegleError::fait("depart", EcheanceError::HorsCalendrier.to_string()))
}
