//! Internal notes of a file: read by the CPAM, never by the applicant.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::ensemble::{Lecture, lecture};
use super::schema::{compte, note};
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
#[diesel(table_name = note)]
pub struct NouvelleNote<'a> {
    /// The file.
    pub dossier_id: i64,
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
pub fn lecture_de(dossier_id: i64) -> impl Lecture<Ligne = Note> {
    lecture(
        note::table
            .inner_join(compte::table)
            .filter(note::dossier_id.eq(dossier_id))
            .order(note::id)
            .select((
                note::id,
                note::texte,
                note::cree_le,
                (compte::prenom, compte::nom),
            )),
    )
}

/// Whether the form of this key was already written.
pub fn deja(conn: &mut AnyConn, cle: &str) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(
        note::table.filter(note::cle_idempotence.eq(cle)),
    ))
    .get_result(conn)?)
}

/// Writes a note and returns its identifier.
pub fn ecrire(tx: &mut WriteTx<'_>, nouvelle: &NouvelleNote<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(note::table)
        .values(nouvelle)
        .returning(note::id)
        .get_result(&mut **tx)?)
}
