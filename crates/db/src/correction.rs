//! Clerical errors of the letter of a decision, and what is to be read instead (PRO-5).

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::Multi;
use super::schema::correction;
use super::{AnyConn, DbResult, WriteTx};

/// A correction, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = correction)]
pub struct Correction {
    /// The document, JSON of `courriers::decision::Document`.
    pub document: String,
    /// Its SHA-256, in hexadecimal.
    pub empreinte: String,
    /// When (UTC).
    pub faite_le: NaiveDateTime,
}

/// A correction to store.
#[derive(Debug, Insertable)]
#[diesel(table_name = correction)]
pub struct NouvelleCorrection<'a> {
    /// Of which decision.
    pub decision_id: i64,
    /// The wrong words.
    pub faux: &'a str,
    /// The right ones.
    pub juste: &'a str,
    /// The document, JSON.
    pub document: &'a str,
    /// Its SHA-256.
    pub empreinte: &'a str,
    /// Who signs it.
    pub faite_par: i64,
    /// Now.
    pub faite_le: NaiveDateTime,
}

/// Corrections read at most: of one letter, a few.
pub const LUES: i64 = 20;

/// The corrections of the letter of a decision, oldest first.
pub fn de(conn: &mut AnyConn, decision_id: i64) -> DbResult<Vec<Correction>> {
    Ok(correction::table
        .filter(correction::decision_id.eq(decision_id))
        .order(correction::id)
        .limit(LUES)
        .select(<Correction as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// How many there are.
pub fn nombre(conn: &mut AnyConn, decision_id: i64) -> DbResult<i64> {
    Ok(correction::table
        .filter(correction::decision_id.eq(decision_id))
        .count()
        .get_result(conn)?)
}

/// Stores one and returns its identifier.
pub fn creer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleCorrection<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(correction::table)
        .values(nouvelle)
        .returning(correction::id)
        .get_result(&mut **tx)?)
}
