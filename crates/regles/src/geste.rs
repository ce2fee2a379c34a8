//! What people may do on a case: who may, and whether now. The buttons of a page, its handlers and the sentence «pourquoi pas»
//! come from here, so that a button that shows is an act that passes.

mod absence;
mod commission;
mod conseil;
mod decompte;
mod delegation;
mod demande;
mod depart;
mod generales;
mod mandat;
mod papier;
mod pieces;
mod reduction;
mod reserve;
mod retour;
mod transmission;

pub use absence::declarer_absence;
pub use commission::{convoquer, demander_audition, noter_avis, saisir, saisir_du_depart};
pub use conseil::{Conseil, conseil};
pub use decompte::{avis_defavorable, contester, repondre_a_la_contestation};
pub use delegation::signer_sous;
pub use demande::{
    GesteDemande, SurDemande, classer, completer, installer, notifier, prendre, proposer,
    sans_decision, signer,
};
pub use depart::{
    GesteDepart, SurDepart, avis_de_la_place, confirmer, designer, pieces_ouvertes, retirer,
};
pub use generales::{attester, attester_place, generales, noter_generales};
pub use mandat::{examiner_mandat, nommer_representant, noter_acte, revoquer_mandat};
pub use papier::{corriger_le_domicile, poster, rattacher, retirer_sur_papier, saisir_le_papier};
pub use pieces::{examiner_pieces, indispensables};
pub use reduction::suivre_reduction;
pub use reserve::{SOUS_RESERVE, attendue, lever_la_reserve, lever_le};
pub use retour::{annuler_complet, renvoyer, reprendre};
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
