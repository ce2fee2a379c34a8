//! Practitioners: the person behind a RPPS.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::kine;
use super::{AnyConn, DbResult, WriteTx};

/// A practitioner to create.
#[derive(Insertable)]
#[diesel(table_name = kine)]
pub struct NouveauKine<'a> {
    /// Her account.
    pub utilisateur_id: i64,
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
    /// Her account.
    pub utilisateur_id: i64,
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

/// The practitioner of a RPPS.
///
/// # Errors
/// The refusal of the database.
pub fn par_rpps(conn: &mut AnyConn, rpps: &str) -> DbResult<Option<Kine>> {
    Ok(kine::table
        .filter(kine::rpps.eq(rpps))
        .select(<Kine as Selectable<super::dialect::Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The name and e-mail address of the practitioner of a RPPS, if they have an account.
///
/// # Errors
/// The refusal of the database.
pub fn adresse(conn: &mut AnyConn, rpps: &str) -> DbResult<Option<(String, String)>> {
    let lu: Option<(String, String, String)> = kine::table
        .inner_join(super::schema::utilisateur::table)
        .filter(kine::rpps.eq(rpps))
        .select((
            kine::prenom,
            kine::nom,
            super::schema::utilisateur::courriel,
        ))
        .first(conn)
        .optional()?;
    Ok(lu.map(|(prenom, nom, courriel)| (format!("{prenom} {nom}"), courriel)))
}

/// The practitioner of an identifier.
///
/// # Errors
/// The refusal of the database.
pub fn par_id(conn: &mut AnyConn, id: i64) -> DbResult<Option<Kine>> {
    Ok(kine::table
        .find(id)
        .select(<Kine as Selectable<super::dialect::Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The practitioner of an account.
///
/// # Errors
/// The refusal of the database.
pub fn par_utilisateur(conn: &mut AnyConn, utilisateur_id: i64) -> DbResult<Option<Kine>> {
    Ok(kine::table
        .filter(kine::utilisateur_id.eq(utilisateur_id))
        .select(<Kine as Selectable<super::dialect::Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// Removes the practitioner of an account that was never used.
///
/// # Errors
/// The refusal of the database, when anything refers to her.
pub fn supprimer_de(tx: &mut WriteTx<'_>, utilisateur_id: i64) -> DbResult<()> {
    diesel::delete(kine::table.filter(kine::utilisateur_id.eq(utilisateur_id)))
        .execute(&mut **tx)?;
    Ok(())
}
