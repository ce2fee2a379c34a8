//! The secret link of a calendar of deadlines: made, made again, revoked by its owner.

use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::{WriteTx, agenda};
use crate::secret;
use regles::evenement::Fait;

fn qui(acte: &Acte) -> ActionResult<i64> {
    acte.acteur
        .id
        .ok_or_else(|| ActionError::Regle("a calendar without an account".to_owned()))
}

/// Makes a link and returns its secret, shown once; the one before opens nothing any more.
pub fn renouveler(tx: &mut WriteTx<'_>, acte: &Acte) -> ActionResult<String> {
    let (id, jeton) = (qui(acte)?, secret::jeton());
    agenda::renouveler(tx, id, &secret::empreinte(&jeton), acte.le())?;
    tracer(
        tx,
        &acte.acteur,
        Objet::default(),
        Fait::CompteAgenda { compte: Some(id) },
    )?;
    Ok(jeton)
}

/// Revokes the link that has this fingerprint.
///
/// # Errors
/// [`ActionError::Perime`] when another link, or none, is in force; the refusal of the database.
pub fn revoquer(tx: &mut WriteTx<'_>, acte: &Acte, empreinte: &str) -> ActionResult<()> {
    let id = qui(acte)?;
    agenda::revoquer(tx, id, empreinte)?;
    tracer(
        tx,
        &acte.acteur,
        Objet::default(),
        Fait::CompteAgendaRetire { compte: Some(id) },
    )?;
    Ok(())
}
