//! What a practitioner tells the CPAM without asking for anything (REG-13), and the data that she asks to correct.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::changement::NatureChangement;

use super::dialect::Multi;
use super::schema::{changement, kine};
use super::{AnyConn, CpamScope, DbResult, WriteTx, caisse, une_ligne};

/// A change as read.
#[derive(Debug, Clone, Queryable, Selectable, serde::Serialize)]
#[diesel(table_name = changement)]
pub struct Changement {
    /// Identifier.
    pub id: i64,
    /// What changes.
    pub nature: NatureChangement,
    /// Commune left, or of practice.
    pub insee_avant: Option<String>,
    /// Address left.
    pub adresse_avant: Option<String>,
    /// Commune taken.
    pub insee: Option<String>,
    /// Address taken.
    pub adresse: Option<String>,
    /// First day.
    pub du: Option<NaiveDate>,
    /// Last day of an absence.
    pub au: Option<NaiveDate>,
    /// The practitioner's words.
    pub expose: Option<String>,
    /// When it was told (UTC).
    pub declare_le: NaiveDateTime,
    /// When the CPAM took note (UTC).
    pub traite_le: Option<NaiveDateTime>,
    /// What the CPAM answers.
    pub reponse: Option<String>,
}

/// A change to store.
#[derive(Insertable)]
#[diesel(table_name = changement)]
pub struct NouveauChangement<'a> {
    /// Who.
    pub kine_id: i64,
    /// The CPAM told.
    pub caisse_code: &'a str,
    /// What changes.
    pub nature: NatureChangement,
    /// Commune left.
    pub insee_avant: Option<&'a str>,
    /// Address left.
    pub adresse_avant: Option<&'a str>,
    /// Commune taken, or concerned.
    pub insee: Option<&'a str>,
    /// Address taken.
    pub adresse: Option<&'a str>,
    /// The zone.
    pub bassin_code: Option<&'a str>,
    /// First day.
    pub du: Option<NaiveDate>,
    /// Last day of an absence.
    pub au: Option<NaiveDate>,
    /// The practitioner's words.
    pub expose: Option<&'a str>,
    /// Key of the form.
    pub cle_idempotence: &'a str,
    /// Now.
    pub declare_le: NaiveDateTime,
}

/// Whether this form was sent already.
pub fn deja(conn: &mut AnyConn, kine_id: i64, cle: &str) -> DbResult<bool> {
    let trouve: Option<i64> = changement::table
        .filter(changement::kine_id.eq(kine_id))
        .filter(changement::cle_idempotence.eq(cle))
        .select(changement::id)
        .first(conn)
        .optional()?;
    Ok(trouve.is_some())
}

/// Stores a change and returns its identifier.
pub fn inserer(tx: &mut WriteTx<'_>, nouveau: &NouveauChangement<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(changement::table)
        .values(nouveau)
        .returning(changement::id)
        .get_result(&mut **tx)?)
}

/// What a practitioner told, newest first.
pub fn de_kine(conn: &mut AnyConn, kine_id: i64) -> DbResult<Vec<Changement>> {
    Ok(changement::table
        .filter(changement::kine_id.eq(kine_id))
        .order(changement::id.desc())
        .select(<Changement as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// What a CPAM was told, with who told it, newest first, before one.
pub fn de_caisse(
    conn: &mut AnyConn,
    scope: &CpamScope,
    avant: i64,
    limite: i64,
) -> DbResult<Vec<(Changement, String, String, String)>> {
    let requete = changement::table
        .inner_join(kine::table)
        .filter(changement::id.lt(avant))
        .order(changement::id.desc())
        .limit(limite)
        .select((
            <Changement as Selectable<Multi>>::construct_selection(),
            kine::prenom,
            kine::nom,
            kine::rpps,
        ))
        .into_boxed();
    Ok(match scope {
        CpamScope::National => requete.load(conn)?,
        CpamScope::Caisse(code) => requete
            .filter(changement::caisse_code.eq(code))
            .load(conn)?,
        CpamScope::Region(code) => requete
            .filter(changement::caisse_code.eq_any(caisse::de_region(code)))
            .load(conn)?,
        CpamScope::Zone(code) => requete
            .filter(changement::bassin_code.eq(code))
            .load(conn)?,
        // Who changed address is no document of the compartment.
        CpamScope::Sante(_) => Vec::new(),
        CpamScope::Kine(id) => requete.filter(changement::kine_id.eq(id)).load(conn)?,
    })
}

/// Notes that a CPAM took note, with its answer.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it is another CPAM's, [`super::DbError::Perime`] when it was done.
pub fn traiter(
    tx: &mut WriteTx<'_>,
    caisse: &str,
    id: i64,
    par: i64,
    reponse: Option<&str>,
    now: NaiveDateTime,
) -> DbResult<i64> {
    // Another CPAM's does not exist.
    let kine_id = changement::table
        .find(id)
        .filter(changement::caisse_code.eq(caisse))
        .select(changement::kine_id)
        .first(&mut **tx)?;
    une_ligne(
        diesel::update(changement::table.find(id))
            .filter(changement::caisse_code.eq(caisse))
            .filter(changement::traite_le.is_null())
            .set((
                changement::traite_le.eq(now),
                changement::traite_par.eq(par),
                changement::reponse.eq(reponse),
            ))
            .execute(&mut **tx)?,
    )?;
    Ok(kine_id)
}
