//! How a CPAM organises its work on files: who handles what, labels, notes, saved views, absences.

mod absence;
mod assignation;
mod etiquette;
mod note;
mod vue;

pub use absence::{Declaration, declarer_absence, supprimer_absence};
pub use assignation::{
    Assignee, Prochain, assigner, liberer, prendre, prendre_le_prochain, prise, rendre,
};
pub(super) use assignation::{agent, confier, lettre_de_lot};
pub(super) use etiquette::nommee;
pub use etiquette::{etiqueter, retirer_etiquette};
pub use note::ecrire_note;
pub use vue::{enregistrer_vue, supprimer_vue};

use super::ActionError;
use crate::db::CpamScope;

/// The CPAM of somebody who works in one.
///
/// # Errors
/// A refusal for everybody else.
fn caisse(scope: &CpamScope) -> Result<&str, ActionError> {
    match scope {
        CpamScope::Caisse(code) => Ok(code),
        _ => Err(ActionError::refus(
            "Seules les personnes d’une caisse organisent le travail sur ses dossiers.",
        )),
    }
}
