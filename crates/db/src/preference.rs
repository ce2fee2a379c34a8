//! Which mails somebody wants. What is not written is as [`Sujet::d_office`] says.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::preference::{Frequence, Sujet};

use super::schema::preference;
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

/// What somebody chose.
pub fn de(conn: &mut AnyConn, compte_id: i64) -> DbResult<Vec<(Sujet, Frequence)>> {
    Ok(preference::table
        .filter(preference::compte_id.eq(compte_id))
        .select((preference::sujet, preference::frequence))
        .load(conn)?)
}

/// What somebody chose for one subject.
pub fn pour(conn: &mut AnyConn, compte_id: i64, sujet: Sujet) -> DbResult<Frequence> {
    let choisie: Option<Frequence> = preference::table
        .find((compte_id, sujet))
        .select(preference::frequence)
        .first(conn)
        .optional()?;
    Ok(choisie.unwrap_or(sujet.d_office()))
}

/// Who chose this for some subject, in order, after one.
pub fn qui(
    conn: &mut AnyConn,
    frequence: Frequence,
    apres: i64,
    limite: i64,
) -> DbResult<Vec<i64>> {
    Ok(preference::table
        .filter(preference::frequence.eq(frequence))
        .filter(preference::compte_id.gt(apres))
        .order(preference::compte_id)
        .limit(limite)
        .select(preference::compte_id)
        .distinct()
        .load(conn)?)
}

/// Writes what somebody chooses for a subject.
pub fn choisir(
    tx: &mut WriteTx<'_>,
    compte_id: i64,
    sujet: Sujet,
    frequence: Frequence,
    now: NaiveDateTime,
) -> DbResult<()> {
    per_backend!(&mut **tx, conn => diesel::insert_into(preference::table)
        .values((
            preference::compte_id.eq(compte_id),
            preference::sujet.eq(sujet),
            preference::frequence.eq(frequence),
            preference::modifiee_le.eq(now),
        ))
        .on_conflict((preference::compte_id, preference::sujet))
        .do_update()
        .set((preference::frequence.eq(frequence), preference::modifiee_le.eq(now)))
        .execute(conn)?);
    Ok(())
}
