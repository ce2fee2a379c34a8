//! Jalons: the state of all chains at an instant, signed, with the tree of each.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::evenement::Empreinte;

use super::schema::{jalon, jalon_chaine};
use super::{AnyConn, DbError, DbResult, WriteTx};
use crate::per_backend;

/// A jalon as it is stored.
#[derive(Debug, Clone, Queryable)]
pub struct Jalon {
    /// Identifier, in the order of taking.
    pub id: i64,
    /// When it was taken (UTC).
    pub le: NaiveDateTime,
    /// The signed note.
    pub note: String,
    /// The token of an authority of time stamps, once it answered.
    pub jeton: Option<Vec<u8>>,
}

/// A chain in a jalon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChaineDuJalon {
    /// Its code.
    pub code: String,
    /// How many events it had.
    pub taille: i64,
    /// The root of their tree.
    pub racine: Empreinte,
}

type Ligne = (String, i64, Vec<u8>);

fn lire((code, taille, racine): Ligne) -> DbResult<ChaineDuJalon> {
    Ok(ChaineDuJalon {
        code,
        taille,
        racine: Empreinte::try_from(racine.as_slice()).map_err(DbError::Incoherent)?,
    })
}

/// Keeps a jalon; `chaines` in the order of their leaves.
pub fn inserer(
    tx: &mut WriteTx<'_>,
    le: NaiveDateTime,
    note: &str,
    chaines: &[ChaineDuJalon],
) -> DbResult<()> {
    let id: i64 = diesel::insert_into(jalon::table)
        .values((jalon::le.eq(le), jalon::note.eq(note)))
        .returning(jalon::id)
        .get_result(&mut **tx)?;
    let lignes: Vec<_> = (0..)
        .zip(chaines)
        .map(|(rang, c): (i64, _)| {
            (
                jalon_chaine::jalon_id.eq(id),
                jalon_chaine::rang.eq(rang),
                jalon_chaine::chaine.eq(&c.code),
                jalon_chaine::taille.eq(c.taille),
                jalon_chaine::racine.eq(c.racine.0.to_vec()),
            )
        })
        .collect();
    per_backend!(&mut **tx, c => diesel::insert_into(jalon_chaine::table).values(&lignes).execute(c)?);
    Ok(())
}

/// The last one.
pub fn dernier(conn: &mut AnyConn) -> DbResult<Option<Jalon>> {
    Ok(jalon::table
        .order(jalon::id.desc())
        .first(conn)
        .optional()?)
}

/// Those after an identifier, in order, at most `limite`.
pub fn apres(conn: &mut AnyConn, id: i64, limite: i64) -> DbResult<Vec<Jalon>> {
    Ok(jalon::table
        .filter(jalon::id.gt(id))
        .order(jalon::id)
        .limit(limite)
        .load(conn)?)
}

/// Those that no authority stamped yet, among those taken since an instant (UTC).
pub fn a_horodater(conn: &mut AnyConn, depuis: NaiveDateTime) -> DbResult<Vec<Jalon>> {
    Ok(jalon::table
        .filter(jalon::jeton.is_null())
        .filter(jalon::le.ge(depuis))
        .order(jalon::id)
        .load(conn)?)
}

/// Keeps the token of an authority; the first one stays.
pub fn horodater(tx: &mut WriteTx<'_>, id: i64, jeton: &[u8]) -> DbResult<()> {
    let sans = jalon::table.find(id).filter(jalon::jeton.is_null());
    diesel::update(sans)
        .set(jalon::jeton.eq(jeton))
        .execute(&mut **tx)?;
    Ok(())
}

/// The chains of a jalon, in the order of their leaves.
///
/// # Errors
/// [`DbError::Incoherent`]: a digest that does not read.
pub fn chaines(conn: &mut AnyConn, id: i64) -> DbResult<Vec<ChaineDuJalon>> {
    let lues: Vec<Ligne> = jalon_chaine::table
        .filter(jalon_chaine::jalon_id.eq(id))
        .order(jalon_chaine::rang)
        .select((
            jalon_chaine::chaine,
            jalon_chaine::taille,
            jalon_chaine::racine,
        ))
        .load(conn)?;
    lues.into_iter().map(lire).collect()
}

/// What each jalon says of a chain, the smallest tree first.
///
/// # Errors
/// As [`chaines`].
pub fn de_la_chaine(conn: &mut AnyConn, code: &str) -> DbResult<Vec<ChaineDuJalon>> {
    let lues: Vec<Ligne> = jalon_chaine::table
        .filter(jalon_chaine::chaine.eq(code))
        .order(jalon_chaine::taille)
        .select((
            jalon_chaine::chaine,
            jalon_chaine::taille,
            jalon_chaine::racine,
        ))
        .load(conn)?;
    lues.into_iter().map(lire).collect()
}
