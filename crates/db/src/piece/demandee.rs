//! Documents that a CPAM asked for (PRO-3).

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count, count_star};
use diesel::prelude::*;
use regles::piece::NaturePiece;

use crate::condition::parmi;
use crate::dialect::Multi;
use crate::ensemble::{Lecture, lecture};
use crate::schema::piece_demandee;
use crate::{AnyConn, DbResult, WriteTx, une_ligne};

/// A document asked for (PRO-3).
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = piece_demandee)]
pub struct PieceDemandee {
    /// Identifier.
    pub id: i64,
    /// The request.
    pub dossier_id: i64,
    /// What it must show.
    pub nature: NaturePiece,
    /// What is expected of it, in words.
    pub precision: Option<String>,
    /// When it was asked for (UTC).
    pub demandee_le: NaiveDateTime,
    /// Last day to send it.
    pub limite: NaiveDate,
    /// When it was received (UTC).
    pub recue_le: Option<NaiveDateTime>,
    /// The refused document that it is to take the place of.
    pub piece_id: Option<i64>,
}

/// A document to ask for.
#[derive(Insertable)]
#[diesel(table_name = piece_demandee)]
pub struct NouvellePieceDemandee<'a> {
    /// The request.
    pub dossier_id: i64,
    /// What it must show.
    pub nature: NaturePiece,
    /// What is expected of it, in words.
    pub precision: Option<&'a str>,
    /// Now.
    pub demandee_le: NaiveDateTime,
    /// Last day to send it.
    pub limite: NaiveDate,
    /// The refused document that it is to take the place of.
    pub piece_id: Option<i64>,
}

/// The documents asked for, oldest first, received or not.
pub fn lecture_demandees(dossier_id: i64) -> impl Lecture<Ligne = PieceDemandee> {
    lecture(
        piece_demandee::table
            .filter(piece_demandee::dossier_id.eq(dossier_id))
            .order(piece_demandee::id)
            .select(<PieceDemandee as Selectable<Multi>>::construct_selection()),
    )
}

/// The same, alone.
pub fn demandees(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Vec<PieceDemandee>> {
    lecture_demandees(dossier_id).toutes(conn)
}

/// For these cases, how many documents were asked for, and how many of them arrived; none where nothing was asked for.
pub fn lecture_comptes_demandees(dossiers: Vec<i64>) -> impl Lecture<Ligne = (i64, i64, i64)> {
    lecture(
        piece_demandee::table
            .filter(parmi(piece_demandee::dossier_id, dossiers))
            .group_by(piece_demandee::dossier_id)
            .select((
                piece_demandee::dossier_id,
                count_star(),
                count(piece_demandee::recue_le),
            )),
    )
}

/// Asks for a document.
pub fn demander(tx: &mut WriteTx<'_>, nouvelle: &NouvellePieceDemandee<'_>) -> DbResult<()> {
    diesel::insert_into(piece_demandee::table)
        .values(nouvelle)
        .execute(&mut **tx)?;
    Ok(())
}

/// Notes that a document asked for was received.
///
/// # Errors
/// [`super::DbError::Perime`] when it was already.
pub fn recevoir(tx: &mut WriteTx<'_>, id: i64, now: NaiveDateTime) -> DbResult<()> {
    une_ligne(
        diesel::update(piece_demandee::table)
            .filter(
                piece_demandee::id
                    .eq(id)
                    .and(piece_demandee::recue_le.is_null()),
            )
            .set(piece_demandee::recue_le.eq(now))
            .execute(&mut **tx)?,
    )
}
