//! What the instruction of a request needs from the database beside reading it.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::demande::DemandeComplete;
use super::schema::{cessation, demande};
use super::{AnyConn, CpamScope, DbError, DbResult, WriteTx};

/// Makes the others who act on this request wait until the end of the transaction: what is read next
/// is what they left. On SQLite the write transaction itself already does.
///
/// # Errors
/// [`DbError::Introuvable`] when the request does not exist.
pub fn verrouiller(tx: &mut WriteTx<'_>, numero: &str) -> DbResult<()> {
    if tx.is_sqlite() {
        return Ok(());
    }
    let touchees = diesel::update(demande::table.filter(demande::numero.eq(numero)))
        .set(demande::version.eq(demande::version))
        .execute(&mut **tx)?;
    if touchees == 0 {
        return Err(DbError::Introuvable);
    }
    Ok(())
}

/// The number of a request, by its identifier.
///
/// # Errors
/// [`DbError::Introuvable`].
pub fn numero(conn: &mut AnyConn, id: i64) -> DbResult<String> {
    Ok(demande::table
        .find(id)
        .select(demande::numero)
        .first(conn)?)
}

/// Those of these requests that are of a CPAM, in their order.
///
/// # Errors
/// The refusal of the database.
pub fn de_la_caisse(conn: &mut AnyConn, organisme: &str, ids: &[i64]) -> DbResult<Vec<i64>> {
    let mut connues: Vec<i64> = Vec::with_capacity(ids.len());
    for paquet in ids.chunks(1000) {
        connues.extend(
            demande::table
                .filter(demande::id.eq_any(paquet))
                .filter(demande::organisme_code.eq(organisme))
                .order(demande::id)
                .select(demande::id)
                .load::<i64>(conn)?,
        );
    }
    Ok(connues)
}

/// Locks a request, then reads it with its names.
///
/// # Errors
/// [`DbError::Introuvable`] when it does not exist or is out of scope.
pub fn charger(tx: &mut WriteTx<'_>, scope: &CpamScope, numero: &str) -> DbResult<DemandeComplete> {
    verrouiller(tx, numero)?;
    super::demande::complete(tx, scope, numero)
}

/// Makes the others who act on this departure wait until the end of the transaction.
///
/// # Errors
/// The refusal of the database.
pub fn verrouiller_cessation(tx: &mut WriteTx<'_>, id: i64) -> DbResult<()> {
    if !tx.is_sqlite() {
        diesel::update(cessation::table.find(id))
            .set(cessation::version.eq(cessation::version))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Puts a request in its place in the queue by a day that is no computed deadline: what is to be done now
/// (a notification), or what others may still do (an appeal).
///
/// # Errors
/// The refusal of the database.
pub fn echeance_sans_delai(
    tx: &mut WriteTx<'_>,
    id: i64,
    le: NaiveDate,
    nature: &str,
) -> DbResult<()> {
    diesel::update(demande::table.find(id))
        .set((
            demande::prochaine_echeance.eq(le),
            demande::echeance_nature.eq(nature),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
