//! PRO-8: the express consent to be notified in the portal, kept with its words, withdrawn with a notice.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::dialect::Multi;
use super::schema::consentement;
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// A consent, as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = consentement)]
pub struct Consentement {
    /// Identifier.
    pub id: i64,
    /// The words that were accepted.
    pub texte: String,
    /// When (UTC).
    pub donne_le: NaiveDateTime,
    /// When it was withdrawn (UTC).
    pub retire_le: Option<NaiveDateTime>,
    /// Last day on which it still counts, once withdrawn.
    pub effet_le: Option<NaiveDate>,
}

/// The latest consent of somebody.
pub fn dernier(conn: &mut AnyConn, kine_id: i64) -> DbResult<Option<Consentement>> {
    Ok(consentement::table
        .filter(consentement::kine_id.eq(kine_id))
        .order(consentement::id.desc())
        .select(<Consentement as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The latest consent that somebody had given at a moment (UTC).
pub fn au(
    conn: &mut AnyConn,
    kine_id: i64,
    moment: NaiveDateTime,
) -> DbResult<Option<Consentement>> {
    Ok(consentement::table
        .filter(consentement::kine_id.eq(kine_id))
        .filter(consentement::donne_le.le(moment))
        .order(consentement::id.desc())
        .select(<Consentement as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

impl Consentement {
    /// Whether it counts on a day.
    pub fn vaut(&self, jour: NaiveDate) -> bool {
        self.retire_le.is_none() || self.effet_le.is_some_and(|dernier| jour <= dernier)
    }
}

/// Gives it.
///
/// # Errors
/// One is in force already.
pub fn donner(tx: &mut WriteTx<'_>, kine_id: i64, texte: &str, le: NaiveDateTime) -> DbResult<()> {
    diesel::insert_into(consentement::table)
        .values((
            consentement::kine_id.eq(kine_id),
            consentement::texte.eq(texte),
            consentement::donne_le.eq(le),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Withdraws it; `effet`: last day on which it still counts.
///
/// # Errors
/// [`super::DbError::Perime`] when it was withdrawn meanwhile.
pub fn retirer(tx: &mut WriteTx<'_>, id: i64, le: NaiveDateTime, effet: NaiveDate) -> DbResult<()> {
    une_ligne(
        diesel::update(consentement::table.find(id))
            .filter(consentement::retire_le.is_null())
            .set((
                consentement::retire_le.eq(le),
                consentement::effet_le.eq(effet),
            ))
            .execute(&mut **tx)?,
    )
}
