//! The secret link of somebody's calendar: its fingerprint only.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{agenda, kine, utilisateur};
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

/// When the link in force was made, if there is one (UTC).
///
/// # Errors
/// The refusal of the database.
pub fn depuis(conn: &mut AnyConn, utilisateur_id: i64) -> DbResult<Option<NaiveDateTime>> {
    Ok(agenda::table
        .find(utilisateur_id)
        .select(agenda::cree_le)
        .first(conn)
        .optional()?)
}

/// The practitioner behind a link, while her account is active.
///
/// # Errors
/// [`super::DbError::Introuvable`] when the link opens nothing.
pub fn kine_du_lien(conn: &mut AnyConn, empreinte: &str) -> DbResult<i64> {
    Ok(agenda::table
        .inner_join(utilisateur::table)
        .inner_join(kine::table.on(kine::utilisateur_id.eq(agenda::utilisateur_id)))
        .filter(agenda::jeton_empreinte.eq(empreinte))
        .filter(utilisateur::actif.eq(true))
        .select(kine::id)
        .first(conn)?)
}

/// Puts a link in the place of the one before.
///
/// # Errors
/// The refusal of the database.
pub fn renouveler(
    tx: &mut WriteTx<'_>,
    utilisateur_id: i64,
    empreinte: &str,
    now: NaiveDateTime,
) -> DbResult<()> {
    per_backend!(&mut **tx, conn => diesel::insert_into(agenda::table)
        .values((
            agenda::utilisateur_id.eq(utilisateur_id),
            agenda::jeton_empreinte.eq(empreinte),
            agenda::cree_le.eq(now),
        ))
        .on_conflict(agenda::utilisateur_id)
        .do_update()
        .set((agenda::jeton_empreinte.eq(empreinte), agenda::cree_le.eq(now)))
        .execute(conn)?);
    Ok(())
}

/// Removes the link: it opens nothing any more.
///
/// # Errors
/// The refusal of the database.
pub fn revoquer(tx: &mut WriteTx<'_>, utilisateur_id: i64) -> DbResult<()> {
    diesel::delete(agenda::table.find(utilisateur_id)).execute(&mut **tx)?;
    Ok(())
}
