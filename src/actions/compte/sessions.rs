//! The holder closes her own sessions: a lost telephone, a computer left open. She has the one she uses last longer.

use chrono::{NaiveDateTime, TimeDelta};

use super::connexion::{DUREE_HEURES, DUREE_MAX_HEURES};
use super::objet_de;
use crate::actions::{Acte, ActionResult, tracer};
use crate::db::session::{self, Identite};
use crate::db::{DbError, WriteTx};
use regles::evenement::Fait;

/// Closes one of the holder's sessions.
///
/// # Errors
/// [`DbError::Introuvable`] when it is not one of hers.
pub fn fermer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    qui: &Identite,
    empreinte: &str,
) -> ActionResult<()> {
    if session::fermer_de(tx, qui.compte_id, empreinte)? == 0 {
        return Err(DbError::Introuvable.into());
    }
    tracer(tx, &acte.acteur, objet_de(qui), Fait::SessionFermee {})?;
    Ok(())
}

/// Closes the holder's sessions, all but this one; returns how many were closed.
///
/// # Errors
/// The refusal of the database.
pub fn fermer_autres(tx: &mut WriteTx<'_>, acte: &Acte, qui: &Identite) -> ActionResult<usize> {
    let fermees = session::fermer_toutes(tx, qui.compte_id, Some(&qui.session))?;
    tracer(
        tx,
        &acte.acteur,
        objet_de(qui),
        Fait::SessionAutresFermees {
            sessions_fermees: fermees,
        },
    )?;
    Ok(fermees)
}

/// Has the session last [`DUREE_HEURES`] more, at most [`DUREE_MAX_HEURES`] after the login; returns its new end.
///
/// # Errors
/// The refusal of the database.
pub fn prolonger(tx: &mut WriteTx<'_>, acte: &Acte, qui: &Identite) -> ActionResult<NaiveDateTime> {
    let voulue = acte.le() + TimeDelta::hours(DUREE_HEURES);
    let derniere = qui.cree_le + TimeDelta::hours(DUREE_MAX_HEURES);
    let expire_le = qui.expire_le.max(voulue.min(derniere));
    session::prolonger(tx, &qui.session, acte.le(), expire_le)?;
    tracer(
        tx,
        &acte.acteur,
        objet_de(qui),
        Fait::SessionProlongee { expire_le },
    )?;
    Ok(expire_le)
}
