//! PRO-1, PRO-3, PRO-7: silence: what it is worth, from when it counts, when it ends; what is born of it, what may still be
//! done of it. The house states it and never decides by it: the request keeps its state.

use chrono::NaiveDate;

use super::calendrier::Territoire;
use super::dates_fr::longue;
use super::demande::{EtatDemande, Sens};
use super::echeance::{self, Echeance, EcheanceError, NatureEcheance, Suspension, fin_brute};
use super::refus::Refus;
use super::regle::RegleError;
use super::reglement::{Reglement, ReglementError};

text_enum! {
    /// What silence is worth (PRO-7).
    pub enum EffetSilence {
        /// The request is refused.
        Rejet = "rejet", "refus";
        /// The request is granted.
        Acceptation = "acceptation", "acceptation";
    }
}

/// What silence is worth for a request received on `jour` (PRO-7).
///
/// # Errors
/// No parameter in force that day.
pub fn effet_du_silence(
    reglement: &Reglement,
    jour: NaiveDate,
) -> Result<EffetSilence, ReglementError> {
    const CLE: &str = "silence.effet";
    reglement
        .texte(CLE, jour)?
        .parse()
        .map_err(|_| ReglementError::Type(CLE.to_owned()))
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

/// What was born of a silence, and what was asked for and given since: the reasons of a refusal (CRPA L232-4), or the
/// attestation of an acceptance (CRPA L232-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SilenceEchu {
    /// What silence was worth.
    pub effet: EffetSilence,
    /// The day at the end of which the request had no answer.
    pub le: NaiveDate,
    /// Day the reasons, or the attestation, were asked for.
    pub demande_le: Option<NaiveDate>,
    /// Day they were given.
    pub reponse_le: Option<NaiveDate>,
    /// PRO-8: day from which the reasons count as received.
    pub recue_le: Option<NaiveDate>,
}

/// What a silence was worth on `jour`, from the end of its delay: nothing while it runs, nor once the request is decided or
/// closed. Where silence accepts, an incomplete file has not started it (PRO-3).
pub fn constater(
    effet: EffetSilence,
    etat: EtatDemande,
    terme: NaiveDate,
    jour: NaiveDate,
) -> Option<SilenceEchu> {
    use EtatDemande as E;
    let pendante = match effet {
        EffetSilence::Rejet => {
            matches!(etat, E::Deposee | E::Incomplete | E::Complete | E::Proposee)
        }
        EffetSilence::Acceptation => matches!(etat, E::Complete | E::Proposee),
    };
    (pendante && terme < jour).then_some(SilenceEchu {
        effet,
        le: terme,
        demande_le: None,
        reponse_le: None,
        recue_le: None,
    })
}

impl SilenceEchu {
    /// What the request is held to be.
    pub fn issue(self) -> &'static str {
        match self.effet {
            EffetSilence::Rejet => "refusée",
            EffetSilence::Acceptation => "acceptée",
        }
    }

    /// Whether something was asked for that was not given yet.
    pub fn a_repondre(self) -> bool {
        self.demande_le.is_some() && self.reponse_le.is_none()
    }

    /// PRO-8: whether the reasons wait for the person to open them.
    pub fn a_ouvrir(self) -> bool {
        self.effet == EffetSilence::Rejet && self.reponse_le.is_some() && self.recue_le.is_none()
    }
}

/// Whether the person may ask for the reasons, or the attestation; `limite`: the last day to contest, for a refusal.
///
/// # Errors
/// No silence is over, it was asked for already, or the delay to contest is over.
pub fn demander(
    silence: Option<SilenceEchu>,
    limite: Option<NaiveDate>,
    jour: NaiveDate,
) -> Result<(), Refus> {
    let Some(silence) = silence else {
        return Err(SANS_SILENCE);
    };
    if silence.demande_le.is_some() {
        return Err(Refus::fixe(
            "silence_demande",
            "Vous l’avez déjà demandé : la caisse vous répond dans votre espace.",
        ));
    }
    match limite {
        Some(limite) if jour > limite => Err(Refus::dit(
            "silence_tard",
            format!(
                "Les raisons se demandent tant que le refus peut être contesté : c’était possible au plus tard le {} (inclus).",
                longue(limite)
            ),
        )),
        _ => Ok(()),
    }
}

/// Whether the caisse may give what was asked for.
///
/// # Errors
/// No silence is over, nothing was asked for, or it was given already.
pub fn repondre(silence: Option<SilenceEchu>) -> Result<(), Refus> {
    let Some(silence) = silence else {
        return Err(SANS_SILENCE);
    };
    match (silence.demande_le, silence.reponse_le) {
        (None, _) => Err(Refus::fixe(
            "silence_sans_demande",
            "La personne n’a rien demandé : rien n’est à lui donner.",
        )),
        (Some(_), Some(le)) => Err(Refus::dit(
            "silence_repondu",
            format!(
                "Ce que la personne demandait lui a été donné le {}.",
                longue(le)
            ),
        )),
        (Some(_), None) => Ok(()),
    }
}

/// Whether a decision in this sense may still be proposed or signed.
///
/// # Errors
/// Silence accepted: a refusal would withdraw what the person has.
pub fn decider(silence: Option<SilenceEchu>, sens: Sens) -> Result<(), Refus> {
    match silence {
        Some(s) if s.effet == EffetSilence::Acceptation && sens == Sens::Refus => Err(Refus::dit(
            "silence_accepte",
            format!(
                "Sans réponse le {}, cette demande est acceptée : elle ne peut plus être refusée. Un accord né du silence ne se retire que s’il est contraire aux règles.",
                longue(s.le)
            ),
        )),
        _ => Ok(()),
    }
}

const SANS_SILENCE: Refus = Refus::fixe(
    "silence_absent",
    "Aucune décision n’est née d’un silence sur cette demande.",
);
