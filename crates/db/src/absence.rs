//! Absences of agents, and who stands in for them.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::{absence, compte};
use super::{AnyConn, DbResult, WriteTx};

/// An absence.
#[derive(Debug, Clone, Queryable)]
pub struct Absence {
    /// Identifier.
    pub id: i64,
    /// Who is away.
    pub compte_id: i64,
    /// First day.
    pub du: NaiveDate,
    /// Last day.
    pub au: NaiveDate,
    /// Who stands in.
    pub remplacant_id: Option<i64>,
    /// First name and name of who is away.
    pub absent: (String, String),
}

/// An absence to record.
#[derive(Insertable)]
#[diesel(table_name = absence)]
pub struct NouvelleAbsence<'a> {
    /// The CPAM.
    pub caisse_code: &'a str,
    /// Who is away.
    pub compte_id: i64,
    /// Who stands in.
    pub remplacant_id: Option<i64>,
    /// First day.
    pub du: NaiveDate,
    /// Last day.
    pub au: NaiveDate,
    /// Who records it.
    pub cree_par: i64,
    /// Now.
    pub cree_le: NaiveDateTime,
}

/// The absences of a CPAM that are not over on this day, the next first; at most two hundred.
pub fn a_venir(conn: &mut AnyConn, caisse: &str, jour: NaiveDate) -> DbResult<Vec<Absence>> {
    Ok(absence::table
        .inner_join(compte::table.on(compte::id.eq(absence::compte_id)))
        .filter(absence::caisse_code.eq(caisse))
        .filter(absence::au.ge(jour))
        .order((absence::du, absence::id))
        .limit(200)
        .select((
            absence::id,
            absence::compte_id,
            absence::du,
            absence::au,
            absence::remplacant_id,
            (compte::prenom, compte::nom),
        ))
        .load(conn)?)
}

/// The same, as the rules read them.
pub fn regles(absences: &[Absence]) -> Vec<regles::absence::Absence> {
    absences
        .iter()
        .map(|a| regles::absence::Absence {
            absent: a.compte_id,
            remplacant: a.remplacant_id,
            du: a.du,
            au: a.au,
        })
        .collect()
}

/// Those for whom this account stands in on this day: (account, first name and name).
pub fn remplaces(
    conn: &mut AnyConn,
    caisse: &str,
    remplacant: i64,
    jour: NaiveDate,
) -> DbResult<Vec<(i64, (String, String))>> {
    let absences = a_venir(conn, caisse, jour)?;
    let siens = regles::absence::remplaces(&regles(&absences), remplacant, jour);
    Ok(absences
        .into_iter()
        .filter(|a| a.du <= jour && siens.contains(&a.compte_id))
        .map(|a| (a.compte_id, a.absent))
        .collect())
}

/// Who stands in for this account on this day, if she is away and somebody does.
pub fn remplacant(
    conn: &mut AnyConn,
    caisse: &str,
    absent: i64,
    jour: NaiveDate,
) -> DbResult<Option<i64>> {
    let absences = a_venir(conn, caisse, jour)?;
    Ok(regles::absence::remplacant(
        &regles(&absences),
        absent,
        jour,
    ))
}

/// Records an absence.
pub fn inserer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleAbsence<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(absence::table)
        .values(nouvelle)
        .returning(absence::id)
        .get_result(&mut **tx)?)
}

/// Removes an absence of a CPAM.
///
/// # Errors
/// [`super::DbError::Perime`] when it is not there any more.
pub fn supprimer(tx: &mut WriteTx<'_>, caisse: &str, id: i64) -> DbResult<()> {
    super::une_ligne(
        diesel::delete(
            absence::table
                .filter(absence::id.eq(id))
                .filter(absence::caisse_code.eq(caisse)),
        )
        .execute(&mut **tx)?,
    )
}
