//! Who is behind a RPPS, as a caisse checked it.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use regles::identite::MoyenIdentite;

use super::ensemble::{Lecture, lecture};
use super::schema::{compte, dossier, identite_verifiee};
use super::{AnyConn, DbResult, WriteTx};

/// A check of identity.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct IdentiteVerifiee {
    /// How.
    pub moyen: MoyenIdentite,
    /// What the agent wrote of it.
    pub observation: Option<String>,
    /// When (UTC).
    pub verifiee_le: NaiveDateTime,
    /// Who: first name; none for the product itself.
    pub prenom: Option<String>,
    /// Who: name.
    pub nom: Option<String>,
}

/// A check to store.
#[derive(Debug, Insertable)]
#[diesel(table_name = identite_verifiee)]
pub struct NouvelleVerification<'a> {
    /// Whose identity.
    pub kine_id: i64,
    /// Which caisse; none for the nation.
    pub caisse_code: Option<&'a str>,
    /// How.
    pub moyen: MoyenIdentite,
    /// What the agent writes of it.
    pub observation: Option<&'a str>,
    /// Now.
    pub verifiee_le: NaiveDateTime,
    /// Who.
    pub par: Option<i64>,
}

/// Stores a check; once for a practitioner.
///
/// # Errors
/// The refusal of the database when it was done already.
pub fn inscrire(tx: &mut WriteTx<'_>, nouvelle: &NouvelleVerification<'_>) -> DbResult<()> {
    diesel::insert_into(identite_verifiee::table)
        .values(nouvelle)
        .execute(&mut **tx)?;
    Ok(())
}

/// Whether somebody checked who this practitioner is.
pub fn verifiee(conn: &mut AnyConn, kine_id: i64) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(
        identite_verifiee::table.filter(identite_verifiee::kine_id.eq(kine_id)),
    ))
    .get_result(conn)?)
}

/// The check of the practitioner of a case, if it was done: to be read with what hangs on the case.
pub fn lecture_du_dossier(dossier_id: i64) -> impl Lecture<Ligne = IdentiteVerifiee> {
    lecture(
        identite_verifiee::table
            .inner_join(
                dossier::table.on(dossier::kine_id.eq(identite_verifiee::kine_id.nullable())),
            )
            .left_join(compte::table.on(compte::id.nullable().eq(identite_verifiee::par)))
            .filter(dossier::id.eq(dossier_id))
            .select((
                identite_verifiee::moyen,
                identite_verifiee::observation,
                identite_verifiee::verifiee_le,
                compte::prenom.nullable(),
                compte::nom.nullable(),
            )),
    )
}
