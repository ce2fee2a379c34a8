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
    pub organisme_code: Option<&'a str>,
    /// The request concerned.
    pub demande_id: Option<i64>,
    /// The departure concerned.
    pub cessation_id: Option<i64>,
    /// The place concerned.
    pub place_id: Option<i64>,
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

/// The timeline of a request, oldest first.
///
/// # Errors
/// The refusal of the database.
pub fn de_demande(conn: &mut AnyConn, demande_id: i64) -> DbResult<Vec<Evenement>> {
    Ok(evenement::table
        .filter(evenement::demande_id.eq(demande_id))
        .order(evenement::id)
        .select(<Evenement as Selectable<super::dialect::Multi>>::construct_selection())
        .load(conn)?)
}

/// What a timeline is of.
#[derive(Debug, Clone, Copy)]
pub enum Sujet {
    /// A request.
    Demande(i64),
    /// A departure.
    Cessation(i64),
}

/// The last event of a timeline; 0 when it is empty.
///
/// # Errors
/// The refusal of the database.
pub fn dernier(conn: &mut AnyConn, sujet: Sujet) -> DbResult<i64> {
    let requete = evenement::table
        .select(diesel::dsl::max(evenement::id))
        .into_boxed();
    let dernier: Option<i64> = match sujet {
        Sujet::Demande(id) => requete.filter(evenement::demande_id.eq(id)),
        Sujet::Cessation(id) => requete.filter(evenement::cessation_id.eq(id)),
    }
    .get_result(conn)?;
    Ok(dernier.unwrap_or(0))
}

/// What was done after an event, oldest first, with the account that did it; at most twenty.
///
/// # Errors
/// The refusal of the database.
pub fn apres(conn: &mut AnyConn, sujet: Sujet, vu: i64) -> DbResult<Vec<(Evenement, Option<i64>)>> {
    let requete = evenement::table
        .filter(evenement::id.gt(vu))
        .order(evenement::id)
        .limit(20)
        .select((
            <Evenement as Selectable<super::dialect::Multi>>::construct_selection(),
            evenement::acteur_id,
        ))
        .into_boxed();
    Ok(match sujet {
        Sujet::Demande(id) => requete.filter(evenement::demande_id.eq(id)),
        Sujet::Cessation(id) => requete.filter(evenement::cessation_id.eq(id)),
    }
    .load(conn)?)
}

/// The timeline of a departure and of the place it opened, oldest first.
///
/// # Errors
/// The refusal of the database.
pub fn de_cessation(conn: &mut AnyConn, cessation_id: i64) -> DbResult<Vec<Evenement>> {
    Ok(evenement::table
        .filter(evenement::cessation_id.eq(cessation_id))
        .order(evenement::id)
        .select(<Evenement as Selectable<super::dialect::Multi>>::construct_selection())
        .load(conn)?)
}
