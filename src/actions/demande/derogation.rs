//! DER-2: the ground that a request invokes, in force on the day it is filed, with what it asks to state.

use regles::derogation::{MotifsIllisibles, Suivi};
use regles::reduction::{self, Reduction};

use crate::actions::{Acte, ActionError, ActionResult, motif};
use crate::db::{AnyConn, DbError, kine};

impl From<MotifsIllisibles> for ActionError {
    fn from(error: MotifsIllisibles) -> Self {
        ActionError::Regle(error.to_string())
    }
}

/// Checks the ground and what is said of it; returns its family.
///
/// # Errors
/// A wrong field, the refusal of the database.
pub(super) fn verifier(
    conn: &mut AnyConn,
    acte: &Acte,
    kine_id: i64,
    code: &str,
    expose: &str,
    reduction: Option<&Reduction>,
) -> ActionResult<String> {
    let trouve = motif::en_vigueur(conn, acte.jour())?
        .into_iter()
        .find(|m| m.code == code)
        .ok_or_else(|| ActionError::champ("motif", "Choisissez un motif de dérogation."))?;
    if expose.trim().is_empty() {
        return Err(ActionError::champ(
            "expose",
            "Exposez votre situation : c’est sur ces éléments que la commission rend son avis.",
        ));
    }
    if trouve.suivi == Some(Suivi::Reduction) {
        let Some(declaree) = reduction else {
            return Err(ActionError::champ(
                "etabli_rpps",
                "Indiquez le confrère établi qui réduit son activité : ce motif en dépend (DER-2).",
            ));
        };
        let moi = kine::par_id(conn, kine_id)?.ok_or(DbError::Introuvable)?;
        if let Some((champ, message)) =
            reduction::refus(&acte.reglement, acte.jour(), declaree, &moi.rpps)?
        {
            return Err(ActionError::champ(champ, message));
        }
    }
    Ok(trouve.famille)
}

/// Whether conventionnement granted on this ground is followed by a reduction of activity (DER-4).
///
/// # Errors
/// The refusal of the database.
pub(super) fn suit_une_reduction(conn: &mut AnyConn, code: &str) -> ActionResult<bool> {
    let trouve = motif::par_code(conn, code)?;
    Ok(trouve.is_some_and(|m| m.suivi == Some(Suivi::Reduction)))
}
