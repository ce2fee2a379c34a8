//! The steps of an appeal before the courts.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::contestation::{Degre, Issue};

use crate::schema::recours_tribunal;
use crate::{AnyConn, DbResult, WriteTx, une_ligne};

/// A court that was seized.
#[derive(Debug, Clone, Queryable)]
pub struct Tribunal {
    /// Which.
    pub degre: Degre,
    /// Day it was.
    pub saisi_le: NaiveDate,
    /// Its own number.
    pub numero: Option<String>,
    /// Day of its judgment.
    pub juge_le: Option<NaiveDate>,
    /// What it said.
    pub issue: Option<Issue>,
    /// In short, why.
    pub motifs: Option<String>,
}

/// The courts seized in an appeal, in their order.
pub fn tribunaux(conn: &mut AnyConn, recours_id: i64) -> DbResult<Vec<Tribunal>> {
    Ok(recours_tribunal::table
        .filter(recours_tribunal::recours_id.eq(recours_id))
        .order((recours_tribunal::saisi_le, recours_tribunal::degre))
        .select((
            recours_tribunal::degre,
            recours_tribunal::saisi_le,
            recours_tribunal::numero,
            recours_tribunal::juge_le,
            recours_tribunal::issue,
            recours_tribunal::motifs,
        ))
        .load(conn)?)
}

/// Records that a court is seized.
///
/// # Errors
/// The refusal of the database: it was already.
pub fn saisir(
    tx: &mut WriteTx<'_>,
    recours_id: i64,
    degre: Degre,
    le: NaiveDate,
    numero: Option<&str>,
) -> DbResult<()> {
    diesel::insert_into(recours_tribunal::table)
        .values((
            recours_tribunal::recours_id.eq(recours_id),
            recours_tribunal::degre.eq(degre),
            recours_tribunal::saisi_le.eq(le),
            recours_tribunal::numero.eq(numero),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Records its judgment.
///
/// # Errors
/// [`crate::DbError::Perime`] when it was recorded meanwhile.
pub fn juger(
    tx: &mut WriteTx<'_>,
    (recours_id, degre): (i64, Degre),
    le: NaiveDate,
    issue: Issue,
    motifs: &str,
) -> DbResult<()> {
    une_ligne(
        diesel::update(recours_tribunal::table.find((recours_id, degre)))
            .filter(recours_tribunal::juge_le.is_null())
            .set((
                recours_tribunal::juge_le.eq(le),
                recours_tribunal::issue.eq(issue),
                recours_tribunal::motifs.eq(motifs),
            ))
            .execute(&mut **tx)?,
    )
}
