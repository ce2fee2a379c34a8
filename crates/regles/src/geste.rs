//! What people may do on a case: who may, and whether now. The buttons of a page, its handlers and the sentence «pourquoi pas»
//! come from here, so that a button that shows is an act that passes.

mod audition;
mod decompte;
mod demande;
mod depart;
mod pieces;
mod transmission;

pub use audition::{convoquer, demander_audition};
pub use decompte::{avis_defavorable, contester, repondre_a_la_contestation};
pub use demande::{
    GesteDemande, SurDemande, classer, completer, examiner_pieces, installer, noter_avis, notifier,
    prendre, proposer, renvoyer, sans_decision, signer, suivre_reduction,
};
pub use depart::{GesteDepart, SurDepart, avis_de_la_place, confirmer, designer, pieces_ouvertes};
pub use pieces::indispensables;
pub use transmission::transmettre;

use crate::droits::Role;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Qui {
    /// The role of the mandate.
    pub role: Role,
    /// The account.
    pub compte: i64,
}
