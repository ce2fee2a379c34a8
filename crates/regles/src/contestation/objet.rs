//! PRO-9: which act of a case may be contested, from where the case stands.

use super::Contestee;
use crate::appel::{EtatAppel, EtatCandidature};
use crate::demande::EtatDemande;
use crate::depart::EtatDepart;
use crate::grand_livre::EtatPlace;
use crate::silence::EffetSilence;

/// What a request says of what was decided on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaitsDemande {
    /// Where it stands.
    pub etat: EtatDemande,
    /// Whether its decision was notified.
    pub notifiee: bool,
    /// REG-17: whether its grant is on a condition.
    pub sous_condition: bool,
    /// PRO-7: what was born of the caisse's silence.
    pub silence: Option<EffetSilence>,
}

/// What the applicant may contest of a request; none while nothing is decided that holds anything against them, or before
/// the decision is notified.
pub fn de_la_demande(f: FaitsDemande) -> Option<Contestee> {
    match f.etat {
        EtatDemande::Refusee if f.notifiee => Some(Contestee::Refus),
        EtatDemande::Accordee | EtatDemande::Installee if f.notifiee && f.sous_condition => {
            Some(Contestee::Condition)
        }
        EtatDemande::Caduque => Some(Contestee::AccordCaduc),
        EtatDemande::SansSuite => Some(Contestee::SansSuite),
        EtatDemande::Deposee
        | EtatDemande::Incomplete
        | EtatDemande::Complete
        | EtatDemande::Proposee => match f.silence {
            Some(EffetSilence::Rejet) => Some(Contestee::SilenceRejet),
            Some(EffetSilence::Acceptation) | None => None,
        },
        EtatDemande::Refusee
        | EtatDemande::Accordee
        | EtatDemande::Installee
        | EtatDemande::Retiree => None,
    }
}

/// What who leaves may contest of a departure, by where it and its place stand.
pub fn du_depart(etat: EtatDepart, place: Option<EtatPlace>) -> Option<Contestee> {
    match (etat, place) {
        (EtatDepart::Rejetee, _) => Some(Contestee::DepartNonRetenu),
        (EtatDepart::Confirmee, Some(EtatPlace::NonTransmissible)) => {
            Some(Contestee::PlaceNonTransmissible)
        }
        (EtatDepart::Confirmee, Some(EtatPlace::Caduque)) => Some(Contestee::PlaceCaduque),
        (EtatDepart::Declaree | EtatDepart::Confirmee | EtatDepart::Retiree, _) => None,
    }
}

/// REG-12: what a candidate may contest of a call, once the place is given to another.
pub fn de_l_appel(etat: EtatAppel, candidature: EtatCandidature) -> Option<Contestee> {
    match (etat, candidature) {
        (EtatAppel::Attribue, EtatCandidature::NonRetenue | EtatCandidature::Ecartee) => {
            Some(Contestee::PlaceAttribuee)
        }
        _ => None,
    }
}

/// What an appeal that succeeds reopens by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// The request is decided on again.
    RouvrirLaDemande,
    /// The declaration of departure is answered again.
    RouvrirLeDepart,
    /// REG-12: the grant that took the place is undone, and the place is open again.
    RendreLaPlace,
    /// Somebody decides what follows: nothing of it is written by itself.
    ADecider,
}

/// What follows when an act of this kind is undone.
pub fn suite(contestee: Contestee) -> Suite {
    match contestee {
        Contestee::Refus | Contestee::AccordCaduc | Contestee::SansSuite | Contestee::Retrait => {
            Suite::RouvrirLaDemande
        }
        Contestee::DepartNonRetenu => Suite::RouvrirLeDepart,
        Contestee::PlaceAttribuee => Suite::RendreLaPlace,
        Contestee::Condition
        | Contestee::PlaceNonTransmissible
        | Contestee::PlaceCaduque
        | Contestee::SilenceRejet
        | Contestee::SilenceAcceptation
        | Contestee::Contrat => Suite::ADecider,
    }
}
