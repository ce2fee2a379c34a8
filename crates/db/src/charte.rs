//! REG-12: the charters of a CPAM, each from its day on. What was written is never changed.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::charte::{Critere, GenreCritere, SensCritere};

use super::condition::parmi;
use super::dialect::Multi;
use super::schema::{charte, charte_critere, compte};
use super::{AnyConn, DbResult, WriteTx};

/// A charter, or the end of one, from a day on.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = charte)]
pub struct Version {
    /// Identifier.
    pub id: i64,
    /// The CPAM.
    pub caisse_code: String,
    /// First day in force.
    pub du: NaiveDate,
    /// Whether a charter is applied from that day; otherwise none is.
    pub appliquee: bool,
    /// When it was written (UTC).
    pub cree_le: NaiveDateTime,
}

/// A criterion as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = charte_critere)]
struct CritereLu {
    id: i64,
    charte_id: i64,
    code: String,
    libelle: String,
    genre: GenreCritere,
    sens: SensCritere,
    poids: i64,
    maximum: i64,
}

/// A criterion with its identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CritereStocke {
    /// Identifier.
    pub id: i64,
    /// What it says.
    pub critere: Critere,
}

/// A version with its author and its criteria, in order.
#[derive(Debug, Clone)]
pub struct CharteComplete {
    /// The version.
    pub version: Version,
    /// Who wrote it.
    pub auteur: String,
    /// Its criteria.
    pub criteres: Vec<CritereStocke>,
}

impl CharteComplete {
    /// The charter as it ranks.
    pub fn charte(&self) -> regles::charte::Charte {
        regles::charte::Charte {
            du: self.version.du,
            criteres: self.criteres.iter().map(|c| c.critere.clone()).collect(),
        }
    }
}

fn completer(
    conn: &mut AnyConn,
    versions: Vec<(Version, String, String)>,
) -> DbResult<Vec<CharteComplete>> {
    let ids: Vec<i64> = versions.iter().map(|(v, _, _)| v.id).collect();
    let lus: Vec<CritereLu> = charte_critere::table
        .filter(parmi(charte_critere::charte_id, ids))
        .order((charte_critere::charte_id, charte_critere::rang))
        .select(<CritereLu as Selectable<Multi>>::construct_selection())
        .load(conn)?;
    Ok(versions
        .into_iter()
        .map(|(version, prenom, nom)| CharteComplete {
            auteur: format!("{prenom} {nom}"),
            criteres: lus
                .iter()
                .filter(|c| c.charte_id == version.id)
                .map(stocke)
                .collect(),
            version,
        })
        .collect())
}

fn stocke(c: &CritereLu) -> CritereStocke {
    CritereStocke {
        id: c.id,
        critere: Critere {
            code: c.code.clone(),
            libelle: c.libelle.clone(),
            genre: c.genre,
            sens: c.sens,
            poids: c.poids,
            maximum: c.maximum,
        },
    }
}

macro_rules! versions {
    () => {
        charte::table.inner_join(compte::table).select((
            <Version as Selectable<Multi>>::construct_selection(),
            compte::prenom,
            compte::nom,
        ))
    };
}

/// The latest versions of a CPAM, newest first.
pub fn historique(conn: &mut AnyConn, caisse: &str) -> DbResult<Vec<CharteComplete>> {
    let versions = versions!()
        .filter(charte::caisse_code.eq(caisse))
        .order(charte::du.desc())
        .limit(50)
        .load(conn)?;
    completer(conn, versions)
}

/// A charter by its identifier.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn par_id(conn: &mut AnyConn, id: i64) -> DbResult<CharteComplete> {
    let version = versions!().filter(charte::id.eq(id)).first(conn)?;
    completer(conn, vec![version])?
        .pop()
        .ok_or(super::DbError::Introuvable)
}

/// The charter that a CPAM applies on a day, if it applies one.
pub fn en_vigueur(conn: &mut AnyConn, caisse: &str, jour: NaiveDate) -> DbResult<Option<Version>> {
    let derniere: Option<Version> = charte::table
        .filter(charte::caisse_code.eq(caisse))
        .filter(charte::du.le(jour))
        .order(charte::du.desc())
        .select(<Version as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?;
    Ok(derniere.filter(|v| v.appliquee))
}

/// Stores a version with its criteria and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::CharteDuJour`] when another one begins that day.
pub fn inserer(
    tx: &mut WriteTx<'_>,
    caisse: &str,
    du: NaiveDate,
    criteres: &[Critere],
    auteur_id: i64,
    now: NaiveDateTime,
) -> DbResult<i64> {
    let id: i64 = diesel::insert_into(charte::table)
        .values((
            charte::caisse_code.eq(caisse),
            charte::du.eq(du),
            charte::appliquee.eq(!criteres.is_empty()),
            charte::auteur_id.eq(auteur_id),
            charte::cree_le.eq(now),
        ))
        .returning(charte::id)
        .get_result(&mut **tx)?;
    for (rang, critere) in (0..).zip(criteres) {
        diesel::insert_into(charte_critere::table)
            .values((
                charte_critere::charte_id.eq(id),
                charte_critere::rang.eq::<i32>(rang),
                charte_critere::code.eq(&critere.code),
                charte_critere::libelle.eq(&critere.libelle),
                charte_critere::genre.eq(critere.genre),
                charte_critere::sens.eq(critere.sens),
                charte_critere::poids.eq(critere.poids),
                charte_critere::maximum.eq(critere.maximum),
            ))
            .execute(&mut **tx)?;
    }
    Ok(id)
}
