//! PRO-4: where a request stands before the commission, from what falls due next on it.

use super::{Qui, Quoi};
use crate::demande::EtatDemande;
use crate::echeance::NatureEcheance;

/// Where a request stands before the commission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EtapeCommission {
    /// It is to be seized.
    ASaisir,
    /// It was, and its opinion is awaited.
    Saisie,
    /// It gave its opinion: the caisse decides.
    Rendue,
}

impl EtapeCommission {
    /// What this deadline says of it, when it comes first.
    pub fn de(nature: NatureEcheance) -> Option<EtapeCommission> {
        match nature {
            NatureEcheance::SaisineCpd => Some(EtapeCommission::ASaisir),
            NatureEcheance::AvisCpd => Some(EtapeCommission::Saisie),
            NatureEcheance::DecisionApresAvis => Some(EtapeCommission::Rendue),
            _ => None,
        }
    }

    /// Whose turn it is; a proposal is signed whatever the commission still says.
    pub(super) fn tour(self, etat: EtatDemande) -> Option<(Qui, Quoi)> {
        if etat != EtatDemande::Complete {
            return None;
        }
        Some(match self {
            EtapeCommission::ASaisir => (Qui::Caisse, Quoi::SaisirCommission),
            EtapeCommission::Saisie => (Qui::Commission, Quoi::AttendreAvis),
            EtapeCommission::Rendue => (Qui::Caisse, Quoi::DeciderApresAvis),
        })
    }
}
