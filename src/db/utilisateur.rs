//! Accounts.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::utilisateur;
use super::{AnyConn, DbResult, WriteTx};
use crate::domain::droits::Role;

/// An account to create.
#[derive(Insertable)]
#[diesel(table_name = utilisateur)]
pub struct NouvelUtilisateur<'a> {
    /// E-mail address, in lower case.
    pub courriel: &'a str,
    /// When it was confirmed.
    pub courriel_verifie_le: Option<NaiveDateTime>,
    /// argon2id, PHC string.
    pub mot_de_passe: Option<&'a str>,
    /// First name.
    pub prenom: &'a str,
    /// Name.
    pub nom: &'a str,
    /// Role.
    pub role: Role,
    /// Capacity printed under a signature.
    pub qualite: Option<&'a str>,
    /// The CPAM of an agent.
    pub organisme_code: Option<&'a str>,
    /// Whether it may log in.
    pub actif: bool,
    /// Failed logins in a row.
    pub echecs: i32,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// What a login needs to know.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = utilisateur)]
pub struct Compte {
    /// Identifier.
    pub id: i64,
    /// E-mail address, in lower case.
    pub courriel: String,
    /// When it was confirmed.
    pub courriel_verifie_le: Option<NaiveDateTime>,
    /// argon2id, PHC string.
    pub mot_de_passe: Option<String>,
    /// First name.
    pub prenom: String,
    /// Name.
    pub nom: String,
    /// Role.
    pub role: Role,
    /// Whether it may log in.
    pub actif: bool,
    /// Failed logins in a row.
    pub echecs: i32,
    /// No login before.
    pub verrouille_jusqua: Option<NaiveDateTime>,
}

/// Creates an account and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::CourrielUtilisateur`] when the address is taken.
pub fn creer(tx: &mut WriteTx<'_>, nouveau: &NouvelUtilisateur<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(utilisateur::table)
        .values(nouveau)
        .returning(utilisateur::id)
        .get_result(&mut **tx)?)
}

/// The account of an address, in lower case.
///
/// # Errors
/// The refusal of the database.
pub fn par_courriel(conn: &mut AnyConn, courriel: &str) -> DbResult<Option<Compte>> {
    Ok(utilisateur::table
        .filter(utilisateur::courriel.eq(courriel))
        .select(<Compte as Selectable<super::dialect::Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}
