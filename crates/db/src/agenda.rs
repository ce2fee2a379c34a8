//! The secret link of somebody's calendar: its fingerprint only.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{agenda, compte, kine};
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

/// The link in force.
#[derive(Debug, Clone, Queryable)]
pub struct Lien {
    /// Fingerprint of its secret.
    pub empreinte: String,
    /// When it was made (UTC).
    pub cree_le: NaiveDateTime,
}

/// The link in force of an account, if there is one.
pub fn lien(conn: &mut AnyConn, compte_id: i64) -> DbResult<Option<Lien>> {
    Ok(agenda::table
        .find(compte_id)
        .select((agenda::jeton_empreinte, agenda::cree_le))
        .first(conn)
        .optional()?)
}

/// The practitioner behind a link, while her account is active.
///
/// # Errors
/// [`super::DbError::Introuvable`] when the link opens nothing.
pub fn kine_du_lien(conn: &mut AnyConn, empreinte: &str) -> DbResult<i64> {
    Ok(agenda::table
        .inner_join(compte::table)
        .inner_join(kine::table.on(kine::compte_id.eq(agenda::compte_id.nullable())))
        .filter(agenda::jeton_empreinte.eq(empreinte))
        .filter(compte::actif.eq(true))
        .select(kine::id)
        .first(conn)?)
}

/// Puts a link in the place of the one before.
pub fn renouveler(
    tx: &mut WriteTx<'_>,
    compte_id: i64,
    empreinte: &str,
    now: NaiveDateTime,
) -> DbResult<()> {
    per_backend!(&mut **tx, conn => diesel::insert_into(agenda::table)
        .values((
            agenda::compte_id.eq(compte_id),
            agenda::jeton_empreinte.eq(empreinte),
            agenda::cree_le.eq(now),
        ))
        .on_conflict(agenda::compte_id)
        .do_update()
        .set((agenda::jeton_empreinte.eq(empreinte), agenda::cree_le.eq(now)))
        .execute(conn)?);
    Ok(())
}

/// Removes this link: it opens nothing any more.
///
/// # Errors
/// [`super::DbError::Perime`] when another link, or none, is in force.
pub fn revoquer(tx: &mut WriteTx<'_>, compte_id: i64, empreinte: &str) -> DbResult<()> {
    let lien = agenda::table
        .find(compte_id)
        .filter(agenda::jeton_empreinte.eq(empreinte));
    super::une_ligne(diesel::delete(lien).execute(&mut **tx)?)
}
