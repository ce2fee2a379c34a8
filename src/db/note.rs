//! Internal notes of a file: read by the CPAM, never by the applicant.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{note_interne, utilisateur};
use super::{AnyConn, DbResult, WriteTx};

/// A note.
#[derive(Debug, Clone, Queryable)]
pub struct Note {
    /// Identifier.
    pub id: i64,
    /// What it says.
    pub texte: String,
    /// When (UTC).
    pub cree_le: NaiveDateTime,
    /// First name and name of its author.
    pub auteur: (String, String),
}

/// A note to write.
#[derive(Insertable)]
#[diesel(table_name = note_interne)]
pub struct NouvelleNote<'a> {
    /// The file.
    pub demande_id: i64,
    /// Who writes.
    pub auteur_id: i64,
    /// What it says.
    pub texte: &'a str,
    /// Key of the form: sent twice, written once.
    pub cle_idempotence: &'a str,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// The notes of a file, oldest first. The caller made sure that the reader is of the CPAM.
///
/// # Errors
/// The refusal of the database.
pub fn de_demande(conn: &mut AnyConn, demande_id: i64) -> DbResult<Vec<Note>> {
    Ok(note_interne::table
        .inner_join(utilisateur::table)
        .filter(note_interne::demande_id.eq(demande_id))
        .order(note_interne::id)
        .select((
            note_interne::id,
            note_interne::texte,
            note_interne::cree_le,
            (utilisateur::prenom, utilisateur::nom),
        ))
        .load(conn)?)
}

/// Whether the form of this key was already written.
///
/// # Errors
/// The refusal of the database.
pub fn deja(conn: &mut AnyConn, cle: &str) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(
        note_interne::table.filter(note_interne::cle_idempotence.eq(cle)),
    ))
    .get_result(conn)?)
}

/// Writes a note and returns its identifier.
///
/// # Errors
/// The refusal of the database.
pub fn ecrire(tx: &mut WriteTx<'_>, nouvelle: &NouvelleNote<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(note_interne::table)
        .values(nouvelle)
        .returning(note_interne::id)
        .get_result(&mut **tx)?)
}
