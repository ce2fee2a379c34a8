//! Practitioners: the person behind a RPPS, with an account or known by a paper only (PRO-13).

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::ensemble::{Lecture, lecture};
use super::schema::kine;
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// A practitioner to create.
#[derive(Insertable)]
#[diesel(table_name = kine)]
pub struct NouveauKine<'a> {
    /// Her account.
    pub compte_id: i64,
    /// 11 digits.
    pub rpps: &'a str,
    /// The key of the RPPS does not hold, and she confirmed the number.
    pub cle_confirmee: bool,
    /// First name.
    pub prenom: &'a str,
    /// Name.
    pub nom: &'a str,
    /// Name and first name, folded for searching.
    pub nom_recherche: &'a str,
    /// Telephone.
    pub telephone: Option<&'a str>,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// A practitioner.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = kine)]
pub struct Kine {
    /// Identifier.
    pub id: i64,
    /// Her account; none for somebody known by a paper.
    pub compte_id: Option<i64>,
    /// 11 digits.
    pub rpps: String,
    /// The key of the RPPS does not hold, and she confirmed the number.
    pub cle_confirmee: bool,
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// Telephone.
    pub telephone: Option<String>,
    /// Grows with every correction.
    pub version: i32,
}

impl Kine {
    /// First name and name.
    pub fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom, self.nom)
    }
}

/// Creates a practitioner and returns her identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::Rpps`] when the number is taken.
pub fn creer(tx: &mut WriteTx<'_>, nouveau: &NouveauKine<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(kine::table)
        .values(nouveau)
        .returning(kine::id)
        .get_result(&mut **tx)?)
}

/// The practitioner of a RPPS who has an account.
pub fn par_rpps(conn: &mut AnyConn, rpps: &str) -> DbResult<Option<Kine>> {
    Ok(kine::table
        .filter(kine::rpps.eq(rpps))
        .filter(kine::compte_id.is_not_null())
        .select(<Kine as Selectable<super::dialect::Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The name and e-mail address of the practitioner of a RPPS, if they have an account.
pub fn adresse(conn: &mut AnyConn, rpps: &str) -> DbResult<Option<(String, String)>> {
    let lu: Option<(String, String, String)> = kine::table
        .inner_join(super::schema::compte::table)
        .filter(kine::rpps.eq(rpps))
        .select((kine::prenom, kine::nom, super::schema::compte::courriel))
        .first(conn)
        .optional()?;
    Ok(lu.map(|(prenom, nom, courriel)| (format!("{prenom} {nom}"), courriel)))
}

/// The practitioner of an identifier.
pub fn par_id(conn: &mut AnyConn, id: i64) -> DbResult<Option<Kine>> {
    Ok(kine::table
        .find(id)
        .select(<Kine as Selectable<super::dialect::Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The same, to be read with what hangs on her.
pub fn lecture_par_id(id: i64) -> impl Lecture<Ligne = Kine> {
    lecture(
        kine::table
            .find(id)
            .select(<Kine as Selectable<super::dialect::Multi>>::construct_selection()),
    )
}

/// The practitioner of an account.
pub fn par_compte(conn: &mut AnyConn, compte_id: i64) -> DbResult<Option<Kine>> {
    Ok(kine::table
        .filter(kine::compte_id.eq(compte_id))
        .select(<Kine as Selectable<super::dialect::Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// Removes the practitioner of an account that was never used.
///
/// # Errors
/// The refusal of the database, when anything refers to her.
pub fn supprimer_de(tx: &mut WriteTx<'_>, compte_id: i64) -> DbResult<()> {
    diesel::delete(kine::table.filter(kine::compte_id.eq(compte_id))).execute(&mut **tx)?;
    Ok(())
}

/// Who somebody is, once corrected.
#[derive(Debug, AsChangeset)]
#[diesel(table_name = kine, treat_none_as_null = true)]
pub struct Identite<'a> {
    /// First name.
    pub prenom: &'a str,
    /// Name.
    pub nom: &'a str,
    /// Name and first name, folded for searching.
    pub nom_recherche: &'a str,
    /// Telephone.
    pub telephone: Option<&'a str>,
}

/// Corrects who somebody is, on her account too, unless she changed since she was read. The search words of all her
/// cases are written again.
///
/// # Errors
/// [`super::DbError::Perime`] when her version is no longer `version`.
pub fn corriger(
    tx: &mut WriteTx<'_>,
    id: i64,
    version: i32,
    identite: &Identite<'_>,
) -> DbResult<()> {
    use super::schema::{compte, dossier};
    une_ligne(
        diesel::update(kine::table)
            .filter(kine::id.eq(id).and(kine::version.eq(version)))
            .set((identite, kine::version.eq(version + 1)))
            .execute(&mut **tx)?,
    )?;
    let compte: Option<i64> = kine::table
        .find(id)
        .select(kine::compte_id)
        .first(&mut **tx)?;
    if let Some(compte) = compte {
        diesel::update(compte::table.find(compte))
            .set((
                compte::prenom.eq(identite.prenom),
                compte::nom.eq(identite.nom),
            ))
            .execute(&mut **tx)?;
    }
    let siens: Vec<i64> = dossier::table
        .filter(dossier::kine_id.eq(id))
        .select(dossier::id)
        .load(&mut **tx)?;
    for dossier in siens {
        super::mots::indexer(tx, dossier)?;
    }
    Ok(())
}
