//! What a file calls for while something keeps its grant: the sentence and the act advised come from here together, so that
//! neither contradicts the other.

use super::demande::{GesteDemande, SurDemande};
use super::generales::generales;
use super::pieces::indispensables;
use crate::demande::{EtatDemande, Sens};
use crate::refus::Refus;

/// What to do next on a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conseil {
    /// Nothing keeps it: the act that its state leads to.
    Poursuivre,
    /// PRO-3: this act first, and why.
    Dabord(GesteDemande, Refus),
    /// GEN-1: the general conditions first: they are recorded on their page.
    Conditions(Refus),
    /// PRO-3: what lacks was asked for, or waits for somebody else: no act is advised.
    Attendre(Refus),
}

impl Conseil {
    /// What keeps the file, in the words in which the signature would refuse it.
    pub fn refus(&self) -> Option<&Refus> {
        match self {
            Conseil::Poursuivre => None,
            Conseil::Dabord(_, refus) | Conseil::Conditions(refus) | Conseil::Attendre(refus) => {
                Some(refus)
            }
        }
    }
}

/// PRO-3, GEN-1: what a request calls for before the act that its state leads to. A refusal that is proposed is kept by nothing.
pub fn conseil(f: &SurDemande) -> Conseil {
    use EtatDemande as E;
    match f.etat {
        E::Deposee | E::Incomplete | E::Complete => {}
        E::Proposee if f.sens_propose == Some(Sens::Accord) => {}
        E::Proposee
        | E::Accordee
        | E::Refusee
        | E::Installee
        | E::Caduque
        | E::Retiree
        | E::SansSuite => return Conseil::Poursuivre,
    }
    if let Err(refus) = indispensables(&f.manques) {
        return match f.manques.a_demander() && f.etat != E::Proposee {
            true => Conseil::Dabord(GesteDemande::DemanderPieces, refus),
            false => Conseil::Attendre(refus),
        };
    }
    if matches!(f.etat, E::Complete | E::Proposee)
        && let Err(refus) = generales(&f.bloquantes)
    {
        return Conseil::Conditions(refus);
    }
    Conseil::Poursuivre
}
