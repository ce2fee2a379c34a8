//! CAT: the aids added or corrected in this installation, with who proposed and who approved.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::incitation::proposition::EtatAide;
use regles::passage::Passage;

use super::dialect::Multi;
use super::schema::{compte, incitation};
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// A proposal, as read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = incitation)]
pub struct AideStockee {
    /// Identifier.
    pub id: i64,
    /// What the aid is known by.
    pub code: String,
    /// The entry, JSON.
    pub contenu: String,
    /// The caisse whose local aid it is; none for the nation.
    pub caisse_code: Option<String>,
    /// First day.
    pub du: NaiveDate,
    /// Why it is proposed.
    pub raison: String,
    /// Where the proposal stands.
    pub etat: EtatAide,
    /// Who proposed.
    pub proposee_par: i64,
    /// When (UTC).
    pub proposee_le: NaiveDateTime,
    /// Why it was rejected.
    pub examen_raison: Option<String>,
    /// Grows with every change.
    pub version: i32,
}

/// A proposal to store.
#[derive(Insertable)]
#[diesel(table_name = incitation)]
pub struct NouvelleAide<'a> {
    /// What the aid is known by.
    pub code: &'a str,
    /// The entry, JSON.
    pub contenu: &'a str,
    /// The caisse whose local aid it is.
    pub caisse_code: Option<&'a str>,
    /// First day.
    pub du: NaiveDate,
    /// Why it is proposed.
    pub raison: &'a str,
    /// Always proposed at first.
    pub etat: EtatAide,
    /// Who proposes.
    pub proposee_par: i64,
    /// Now.
    pub proposee_le: NaiveDateTime,
    /// Key of the form: the same form sent twice proposes once.
    pub cle_idempotence: &'a str,
    /// 1 at first.
    pub version: i32,
}

/// Proposals read at most.
const LIMITE: i64 = 1000;

type Selection = <AideStockee as Selectable<Multi>>::SelectExpression;

fn colonnes() -> Selection {
    <AideStockee as Selectable<Multi>>::construct_selection()
}

/// The proposals in a state, oldest first.
pub fn en_etat(conn: &mut AnyConn, etat: EtatAide) -> DbResult<Vec<AideStockee>> {
    Ok(incitation::table
        .filter(incitation::etat.eq(etat))
        .order(incitation::id)
        .limit(LIMITE)
        .select(colonnes())
        .load(conn)?)
}

/// What two persons agreed on, oldest first.
pub fn approuvees(conn: &mut AnyConn) -> DbResult<Vec<AideStockee>> {
    en_etat(conn, EtatAide::Approuvee)
}

/// The proposal that this form already stored, if it was sent before.
pub fn par_cle(conn: &mut AnyConn, cle: &str) -> DbResult<Option<i64>> {
    Ok(incitation::table
        .filter(incitation::cle_idempotence.eq(cle))
        .select(incitation::id)
        .first(conn)
        .optional()?)
}

/// One proposal, with the name of who proposed it.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn lire(conn: &mut AnyConn, id: i64) -> DbResult<(AideStockee, String)> {
    let (aide, prenom, nom): (AideStockee, String, String) = incitation::table
        .inner_join(compte::table.on(compte::id.eq(incitation::proposee_par)))
        .filter(incitation::id.eq(id))
        .select((colonnes(), compte::prenom, compte::nom))
        .first(conn)?;
    Ok((aide, format!("{prenom} {nom}")))
}

/// Stores a proposal and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::AideEnAttente`] when the aid already has one.
pub fn inserer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleAide<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(incitation::table)
        .values(nouvelle)
        .returning(incitation::id)
        .get_result(&mut **tx)?)
}

/// Writes what became of a proposal, seen in this version.
///
/// # Errors
/// [`super::DbError::Perime`] when somebody was faster.
pub fn examiner(
    tx: &mut WriteTx<'_>,
    lue: &AideStockee,
    passage: Passage<EtatAide>,
    par: i64,
    le: NaiveDateTime,
    raison: Option<&str>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(incitation::table.find(lue.id))
            .filter(
                incitation::version
                    .eq(lue.version)
                    .and(incitation::etat.eq(passage.de())),
            )
            .set((
                incitation::etat.eq(passage.vers()),
                incitation::examinee_par.eq(par),
                incitation::examinee_le.eq(le),
                incitation::examen_raison.eq(raison),
                incitation::version.eq(lue.version + 1),
            ))
            .execute(&mut **tx)?,
    )
}
