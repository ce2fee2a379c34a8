//! The sentences that a caisse uses again.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::phrase::Emploi;

use super::dialect::Multi;
use super::schema::phrase;
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = phrase)]
pub struct Phrase {
    /// Identifier.
    pub id: i64,
    /// Where it is used.
    pub emploi: Emploi,
    /// By which name it is chosen.
    pub titre: String,
    /// Its words, with their marks.
    pub texte: String,
    /// Grows with every change.
    pub version: i32,
}

/// A sentence to store.
#[derive(Insertable)]
#[diesel(table_name = phrase)]
pub struct NouvellePhrase<'a> {
    /// Whose.
    pub caisse_code: &'a str,
    /// Where it is used.
    pub emploi: Emploi,
    /// By which name it is chosen.
    pub titre: &'a str,
    /// Its words.
    pub texte: &'a str,
    /// Who wrote it.
    pub modifie_par: i64,
    /// When (UTC).
    pub modifie_le: NaiveDateTime,
    /// Its first version.
    pub version: i32,
}

/// How many sentences a caisse may keep: a list that one reads.
pub const PHRASES_MAX: i64 = 200;

/// The sentences of a caisse, of one use or of all, in the order in which they were written.
pub fn de_caisse(
    conn: &mut AnyConn,
    caisse: &str,
    emploi: Option<Emploi>,
) -> DbResult<Vec<Phrase>> {
    let mut requete = phrase::table
        .filter(phrase::caisse_code.eq(caisse))
        .order(phrase::id)
        .select(<Phrase as Selectable<Multi>>::construct_selection())
        .into_boxed();
    if let Some(emploi) = emploi {
        requete = requete.filter(phrase::emploi.eq(emploi));
    }
    Ok(requete.limit(PHRASES_MAX).load(conn)?)
}

/// One of them.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it is of another caisse or does not exist.
pub fn lire(conn: &mut AnyConn, caisse: &str, id: i64) -> DbResult<Phrase> {
    Ok(phrase::table
        .filter(phrase::id.eq(id))
        .filter(phrase::caisse_code.eq(caisse))
        .select(<Phrase as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// How many a caisse keeps.
pub fn combien(conn: &mut AnyConn, caisse: &str) -> DbResult<i64> {
    Ok(phrase::table
        .filter(phrase::caisse_code.eq(caisse))
        .count()
        .get_result(conn)?)
}

/// Stores a sentence.
pub fn creer(tx: &mut WriteTx<'_>, nouveau: &NouvellePhrase<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(phrase::table)
        .values(nouveau)
        .returning(phrase::id)
        .get_result(&mut **tx)?)
}

/// Writes a sentence again.
///
/// # Errors
/// [`super::DbError::Conflit`] when somebody wrote it meanwhile.
pub fn modifier(
    tx: &mut WriteTx<'_>,
    caisse: &str,
    avant: &Phrase,
    (titre, texte): (&str, &str),
    (par, le): (i64, NaiveDateTime),
) -> DbResult<()> {
    let changees = diesel::update(
        phrase::table
            .filter(phrase::id.eq(avant.id))
            .filter(phrase::caisse_code.eq(caisse))
            .filter(phrase::version.eq(avant.version)),
    )
    .set((
        phrase::titre.eq(titre),
        phrase::texte.eq(texte),
        phrase::modifie_par.eq(par),
        phrase::modifie_le.eq(le),
        phrase::version.eq(avant.version + 1),
    ))
    .execute(&mut **tx)?;
    une_ligne(changees)
}

/// Takes a sentence away: what was written with it stays.
///
/// # Errors
/// As [`modifier`].
pub fn supprimer(tx: &mut WriteTx<'_>, caisse: &str, avant: &Phrase) -> DbResult<()> {
    let retirees = diesel::delete(
        phrase::table
            .filter(phrase::id.eq(avant.id))
            .filter(phrase::caisse_code.eq(caisse))
            .filter(phrase::version.eq(avant.version)),
    )
    .execute(&mut **tx)?;
    une_ligne(retirees)
}
