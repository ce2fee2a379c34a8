//! PRO-5: the decision on a request, proposed by one person and taken by another; what must be reasoned, and how it is signed.

use chrono::NaiveDate;

use super::calendrier::Territoire;
use super::echeance::calculer;
use super::regle::RegleError;
use super::reglement::Reglement;
use crate::demande::{Fondement, Sens};
use crate::passage::Passage;
use crate::refus::Refus;

text_enum! {
    /// Where a decision stands.
    pub enum EtatDecision {
        /// Proposed by the handler.
        Proposee = "proposee", "Proposée";
        /// Sent back by the signatory.
        Renvoyee = "renvoyee", "Renvoyée";
        /// Taken (PRO-5).
        Decidee = "decidee", "Prise";
        /// PRO-9: undone on appeal; what it said is kept.
        Annulee = "annulee", "Annulée sur recours";
    }
}

impl EtatDecision {
    /// Where a decision begins.
    pub const DEBUT: EtatDecision = EtatDecision::Proposee;
}

text_enum! {
    /// What can happen to a decision.
    pub enum Evenement {
        /// The signatory sends it back, or the request is withdrawn.
        Renvoyer = "renvoyer", "Le renvoi";
        /// Who proposed it takes it back.
        Reprendre = "reprendre", "La reprise";
        /// Another person takes it (PRO-5).
        Signer = "signer", "La signature";
        /// PRO-9: it is undone on appeal.
        Annuler = "annuler", "L’annulation sur recours";
    }
}

/// The state that follows (PRO-5): what is taken never changes, but that an appeal may undo it.
///
/// # Errors
/// A refusal when it cannot happen in this state.
pub fn transition(
    etat: EtatDecision,
    evenement: Evenement,
) -> Result<Passage<EtatDecision>, Refus> {
    use EtatDecision as E;
    let vers = match (etat, evenement) {
        (E::Proposee, Evenement::Renvoyer | Evenement::Reprendre) => E::Renvoyee,
        (E::Proposee, Evenement::Signer) => E::Decidee,
        (E::Decidee, Evenement::Annuler) => E::Annulee,
        (E::Proposee, Evenement::Annuler) => {
            return Err(Refus::fixe(
                "decision_non_prise",
                "Cette décision n’est pas encore prise : il n’y a rien à annuler.",
            ));
        }
        (E::Annulee, _) => {
            return Err(Refus::fixe(
                "decision_annulee",
                "Cette décision est annulée sur recours : une autre doit d’abord être proposée.",
            ));
        }
        (E::Renvoyee, _) => {
            return Err(Refus::fixe(
                "decision_renvoyee",
                "Cette proposition est revenue à l’instruction : une autre doit d’abord être faite.",
            ));
        }
        (E::Decidee, _) => {
            return Err(Refus::fixe(
                "decision_prise",
                "Aucune décision n’est proposée sur cette demande : celle qui l’était est prise, et ne change plus.",
            ));
        }
    };
    Ok(Passage::new(etat, vers))
}

text_enum! {
    /// What a caisse decides of a request, a grant or a place (PRO-5).
    pub enum Acte {
        /// Granted to a successor, or outside the regulation: nothing is owed beyond the answer.
        Accord = "accord", "Accord";
        /// Granted by derogation (CRPA L211-3).
        AccordDerogation = "accord_derogation", "Accord par dérogation";
        /// Granted on a condition (CRPA L211-2, 3°).
        AccordSousReserve = "accord_sous_reserve", "Accord sous réserve";
        /// Refused (CRPA L211-2, 6° and 7°).
        Refus = "refus", "Refus";
        /// Withdrawn (CRPA L211-2, 4°).
        Retrait = "retrait", "Retrait";
        /// Ended for the future (CRPA L211-2, 4°).
        Abrogation = "abrogation", "Abrogation";
        /// Without effect any more (CRPA L211-2, 5°).
        Caducite = "caducite", "Constat de caducité";
    }
}

impl Acte {
    /// What a decision is: a grant by derogation on a condition is both.
    pub fn de(sens: Sens, fondement: Fondement, sous_reserve: bool) -> Vec<Acte> {
        if sens == Sens::Refus {
            return vec![Acte::Refus];
        }
        let mut actes = Vec::new();
        if fondement == Fondement::Derogation {
            actes.push(Acte::AccordDerogation);
        }
        if sous_reserve {
            actes.push(Acte::AccordSousReserve);
        }
        if actes.is_empty() {
            actes.push(Acte::Accord);
        }
        actes
    }

    /// Whether it states its reasons, in law and in fact (CRPA L211-2, L211-3, L211-5).
    pub fn doit_etre_motive(self) -> bool {
        self != Acte::Accord
    }
}

/// PRO-5: the last days of a referral to the national commission, then of its answer, where departing from an opinion
/// asks for one (`decision.ecart_avis = saisir_cpn`); `None` where stating the reasons is enough.
///
/// # Errors
/// No parameter in force that day, or a deadline outside the calendar (`champ` is `avis`).
pub fn saisine_nationale(
    reglement: &Reglement,
    avis: NaiveDate,
    territoire: Territoire,
) -> Result<Option<(NaiveDate, NaiveDate)>, RegleError> {
    if reglement.texte("decision.ecart_avis", avis)? != "saisir_cpn" {
        return Ok(None);
    }
    let terme = |cle: &str, depart| -> Result<NaiveDate, RegleError> {
        let delai = reglement.delai(cle, avis)?;
        calculer(depart, delai, territoire, &[])
            .map(|e| e.finale)
            .map_err(|e| RegleError::fait("avis", e.to_string()))
    };
    let saisine = terme("cpn.delai_saisine", avis)?;
    Ok(Some((saisine, terme("cpn.delai_reponse", saisine)?)))
}

text_enum! {
    /// How a decision is notified (PRO-8).
    pub enum ModeNotification {
        /// Registered letter; the date is that of its handing over, or of the notice that it waits.
        Recommande = "recommande", "lettre recommandée avec avis de réception";
        /// In the portal; the date is that of the first opening.
        Portail = "portail", "espace personnel";
        /// Handed over against a signed receipt.
        MainPropre = "main_propre", "remise en main propre";
    }
}
