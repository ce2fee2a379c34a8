//! EXP-2: the sets of parameters that decisions rest on, kept whole under their version.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::reglement_conserve;
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

/// Whether a set is kept.
pub fn est_conserve(conn: &mut AnyConn, version: &str) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(
        reglement_conserve::table.filter(reglement_conserve::version.eq(version)),
    ))
    .get_result(conn)?)
}

/// Keeps a set, as JSON; two people at the same instant keep it once.
pub fn conserver(
    tx: &mut WriteTx<'_>,
    version: &str,
    contenu: &str,
    le: NaiveDateTime,
) -> DbResult<()> {
    per_backend!(&mut **tx, conn => diesel::insert_into(reglement_conserve::table)
        .values((
            reglement_conserve::version.eq(version),
            reglement_conserve::contenu.eq(contenu),
            reglement_conserve::conserve_le.eq(le),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?);
    Ok(())
}

/// A set, as JSON, or none when that version was never kept.
pub fn lire(conn: &mut AnyConn, version: &str) -> DbResult<Option<String>> {
    Ok(reglement_conserve::table
        .find(version)
        .select(reglement_conserve::contenu)
        .first(conn)
        .optional()?)
}
