//! PRO-4: what the opinion of the commission on a request says beside its sense.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::schema::avis_rendu;
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

/// The day of an opinion, and why the commission gave it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct AvisEcrit {
    /// The day.
    pub le: NaiveDate,
    /// Why, in the words of the commission; none where they are not known.
    pub motif: Option<String>,
}

/// The opinion on a request, where it was recorded.
pub fn de(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Option<AvisEcrit>> {
    Ok(avis_rendu::table
        .find(dossier_id)
        .select((avis_rendu::le, avis_rendu::motif))
        .first(conn)
        .optional()?)
}

/// Writes it, in the place of what was written before.
pub fn ecrire(tx: &mut WriteTx<'_>, dossier_id: i64, avis: &AvisEcrit) -> DbResult<()> {
    let (le, motif) = (avis.le, avis.motif.as_deref());
    per_backend!(&mut **tx, conn => diesel::insert_into(avis_rendu::table)
        .values((
            avis_rendu::dossier_id.eq(dossier_id),
            avis_rendu::le.eq(le),
            avis_rendu::motif.eq(motif),
        ))
        .on_conflict(avis_rendu::dossier_id)
        .do_update()
        .set((avis_rendu::le.eq(le), avis_rendu::motif.eq(motif)))
        .execute(conn)?);
    Ok(())
}
