//! DER-2: the ground that a request invokes, in force on the day it is filed, with what it asks to state.

use regles::derogation::{Motif, MotifsIllisibles, Suivi};
use regles::reduction::{self, Reduction};

use crate::actions::{Acte, ActionError, ActionResult, motif};
use crate::db::AnyConn;

impl From<MotifsIllisibles> for ActionError {
    fn from(error: MotifsIllisibles) -> Self {
        ActionError::Regle(error.to_string())
    }
}

/// Checks the ground that the practitioner of this RPPS invokes, and what is said of it; returns it, and the
/// reduction of activity if the ground rests on one (DER-4).
///
/// # Errors
/// A wrong field, the refusal of the database.
pub(super) fn verifier<'a>(
    conn: &mut AnyConn,
    acte: &Acte,
    rpps: &str,
    code: &str,
    expose: &str,
    reduction: Option<&'a Reduction>,
) -> ActionResult<(Motif, Option<&'a Reduction>)> {
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
    if trouve.suivi != Some(Suivi::Reduction) {
        return Ok((trouve, None));
    }
    let Some(declaree) = reduction else {
        return Err(ActionError::champ(
            "etabli_rpps",
            "Indiquez le confrère établi qui réduit son activité : ce motif en dépend.",
        ));
    };
    if let Some((champ, message)) = reduction::refus(&acte.reglement, acte.jour(), declaree, rpps)?
    {
        return Err(ActionError::champ(champ, message));
    }
    Ok((trouve, reduction))
}
