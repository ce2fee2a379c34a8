//! REG-7: who designates in the name of a leaver who died or is incapacitated.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::depart::Qualite;

use super::dialect::Multi;
use super::schema::ayant_droit;
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// Somebody entitled to designate.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = ayant_droit)]
pub struct AyantDroit {
    /// Identifier.
    pub id: i64,
    /// The departure.
    pub depart_id: i64,
    /// First name and name.
    pub nom: String,
    /// In what capacity.
    pub qualite: Qualite,
    /// E-mail address.
    pub courriel: String,
    /// Telephone.
    pub telephone: Option<String>,
    /// When the CPAM entitled (UTC).
    pub habilite_le: NaiveDateTime,
    /// When it took that back (UTC).
    pub retire_le: Option<NaiveDateTime>,
}

/// Somebody to entitle.
#[derive(Insertable)]
#[diesel(table_name = ayant_droit)]
pub struct NouvelAyantDroit<'a> {
    /// The departure.
    pub depart_id: i64,
    /// First name and name.
    pub nom: &'a str,
    /// In what capacity.
    pub qualite: Qualite,
    /// E-mail address, in lower case.
    pub courriel: &'a str,
    /// Telephone.
    pub telephone: Option<&'a str>,
    /// The proof.
    pub piece_id: i64,
    /// Fingerprint of the secret of the link.
    pub jeton_empreinte: &'a str,
    /// The agent.
    pub habilite_par: i64,
    /// Now.
    pub habilite_le: NaiveDateTime,
}

/// Who is entitled to designate for a departure, if somebody is.
pub fn actif(conn: &mut AnyConn, depart_id: i64) -> DbResult<Option<AyantDroit>> {
    Ok(ayant_droit::table
        .filter(ayant_droit::depart_id.eq(depart_id))
        .filter(ayant_droit::retire_le.is_null())
        .select(<AyantDroit as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// Who holds a secret link; what was taken back opens nothing.
///
/// # Errors
/// [`super::DbError::Introuvable`] when nobody does.
pub fn par_jeton(conn: &mut AnyConn, empreinte: &str) -> DbResult<AyantDroit> {
    Ok(ayant_droit::table
        .filter(ayant_droit::jeton_empreinte.eq(empreinte))
        .filter(ayant_droit::retire_le.is_null())
        .select(<AyantDroit as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// Entitles somebody and returns the identifier.
pub fn inserer(tx: &mut WriteTx<'_>, nouvel: &NouvelAyantDroit<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(ayant_droit::table)
        .values(nouvel)
        .returning(ayant_droit::id)
        .get_result(&mut **tx)?)
}

/// Takes back what somebody was entitled to.
///
/// # Errors
/// [`super::DbError::Perime`] when it was already.
pub fn retirer(tx: &mut WriteTx<'_>, id: i64, now: NaiveDateTime) -> DbResult<()> {
    une_ligne(
        diesel::update(ayant_droit::table.find(id))
            .filter(ayant_droit::retire_le.is_null())
            .set(ayant_droit::retire_le.eq(now))
            .execute(&mut **tx)?,
    )
}
