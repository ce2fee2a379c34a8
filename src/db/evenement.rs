//! The timeline and the audit trail: append-only, on both databases by trigger.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::condition::EnToutesLettres;
use super::schema::evenement;
use super::{AnyConn, DbResult, WriteTx};

/// What happened, as written.
#[derive(Insertable)]
#[diesel(table_name = evenement)]
pub struct NouvelEvenement<'a> {
    /// When (UTC).
    pub le: NaiveDateTime,
    /// The account, or none for the software itself.
    pub acteur_id: Option<i64>,
    /// The name shown, kept even if the account changes.
    pub acteur: &'a str,
    /// The CPAM concerned.
    pub caisse_code: Option<&'a str>,
    /// The case concerned.
    pub dossier_id: Option<i64>,
    /// A second case that it happened to.
    pub lie_id: Option<i64>,
    /// Kind, as `demande.deposee`.
    pub nature: &'a str,
    /// One line for a person, in French.
    pub resume: &'a str,
    /// What changed, as JSON.
    pub details: &'a str,
}

/// A line of a timeline, as read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = evenement)]
pub struct Evenement {
    /// Identifier, in the order of writing.
    pub id: i64,
    /// When (UTC).
    pub le: NaiveDateTime,
    /// Who.
    pub acteur: String,
    /// Kind, as `demande.deposee`.
    pub nature: String,
    /// One line for a person.
    pub resume: String,
    /// What changed, as JSON.
    pub details: String,
}

/// Writes one line; it can never be changed.
///
/// # Errors
/// The refusal of the database.
pub fn inscrire(tx: &mut WriteTx<'_>, nouvel: &NouvelEvenement<'_>) -> DbResult<()> {
    diesel::insert_into(evenement::table)
        .values(nouvel)
        .execute(&mut **tx)?;
    Ok(())
}

/// The last import of reference data (UTC). The natures are written out: they are the condition of a small index.
///
/// # Errors
/// The refusal of the database.
pub fn dernier_import(conn: &mut AnyConn) -> DbResult<Option<NaiveDateTime>> {
    Ok(evenement::table
        .filter(EnToutesLettres(
            "nature IN ('import.organismes', 'import.communes', 'import.zonage')",
        ))
        .order(evenement::id.desc())
        .select(evenement::le)
        .first(conn)
        .optional()?)
}

/// The timeline of a case, oldest first.
///
/// # Errors
/// The refusal of the database.
pub fn de(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Vec<Evenement>> {
    Ok(evenement::table
        .filter(evenement::dossier_id.eq(dossier_id))
        .order(evenement::id)
        .select(<Evenement as Selectable<super::dialect::Multi>>::construct_selection())
        .load(conn)?)
}

/// The last event of a timeline; 0 when it is empty.
///
/// # Errors
/// The refusal of the database.
pub fn dernier(conn: &mut AnyConn, dossier_id: i64) -> DbResult<i64> {
    let dernier: Option<i64> = evenement::table
        .filter(evenement::dossier_id.eq(dossier_id))
        .select(diesel::dsl::max(evenement::id))
        .get_result(conn)?;
    Ok(dernier.unwrap_or(0))
}

/// What was done after an event, oldest first, with the account that did it; at most twenty.
///
/// # Errors
/// The refusal of the database.
pub fn apres(
    conn: &mut AnyConn,
    dossier_id: i64,
    vu: i64,
) -> DbResult<Vec<(Evenement, Option<i64>)>> {
    Ok(evenement::table
        .filter(evenement::dossier_id.eq(dossier_id))
        .filter(evenement::id.gt(vu))
        .order(evenement::id)
        .limit(20)
        .select((
            <Evenement as Selectable<super::dialect::Multi>>::construct_selection(),
            evenement::acteur_id,
        ))
        .load(conn)?)
}
