//! The dated values of parameters added in this installation: proposed by one person, examined by another.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::parametre::EtatValeur;
use regles::passage::Passage;

use super::condition::parmi;
use super::dialect::Multi;
use super::schema::{compte, parametre_valeur};
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// A dated value, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = parametre_valeur)]
pub struct ValeurStockee {
    /// Identifier.
    pub id: i64,
    /// Key, as in the catalogue.
    pub cle: String,
    /// The value, JSON.
    pub valeur: String,
    /// First day in force.
    pub du: NaiveDate,
    /// Where it comes from.
    pub source: String,
    /// Status in the rulebook: a letter.
    pub statut: String,
    /// Why it is proposed.
    pub motif: String,
    /// Where it stands.
    pub etat: EtatValeur,
    /// Who proposed.
    pub proposee_par: i64,
    /// When (UTC).
    pub proposee_le: NaiveDateTime,
    /// The civil day of the proposal.
    pub proposee_jour: NaiveDate,
    /// Who approved or rejected.
    pub examinee_par: Option<i64>,
    /// When (UTC).
    pub examinee_le: Option<NaiveDateTime>,
    /// Why it was rejected.
    pub examen_motif: Option<String>,
    /// Who withdrew.
    pub retiree_par: Option<i64>,
    /// When (UTC).
    pub retiree_le: Option<NaiveDateTime>,
    /// Why it was withdrawn.
    pub retrait_motif: Option<String>,
    /// Version of the row.
    pub version: i32,
}

/// A value to propose.
#[derive(Debug, Insertable)]
#[diesel(table_name = parametre_valeur)]
pub struct NouvelleValeur<'a> {
    /// Key.
    pub cle: &'a str,
    /// The value, JSON.
    pub valeur: &'a str,
    /// First day in force.
    pub du: NaiveDate,
    /// Where it comes from.
    pub source: &'a str,
    /// Status: a letter.
    pub statut: &'a str,
    /// Why.
    pub motif: &'a str,
    /// Always proposed at first.
    pub etat: EtatValeur,
    /// Who proposes.
    pub proposee_par: i64,
    /// Now.
    pub proposee_le: NaiveDateTime,
    /// Today.
    pub proposee_jour: NaiveDate,
    /// Key of the form, against double sending.
    pub cle_idempotence: &'a str,
    /// 1.
    pub version: i32,
}

/// What another person answered, or who withdrew.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = parametre_valeur)]
pub struct ChangementValeur<'a> {
    /// Who approved or rejected.
    pub examinee_par: Option<i64>,
    /// When (UTC).
    pub examinee_le: Option<NaiveDateTime>,
    /// The civil day of it.
    pub examinee_jour: Option<NaiveDate>,
    /// Why it is rejected.
    pub examen_motif: Option<&'a str>,
    /// Who withdraws.
    pub retiree_par: Option<i64>,
    /// When (UTC).
    pub retiree_le: Option<NaiveDateTime>,
    /// Why it is withdrawn.
    pub retrait_motif: Option<&'a str>,
}

type Selection = <ValeurStockee as Selectable<Multi>>::SelectExpression;

fn colonnes() -> Selection {
    <ValeurStockee as Selectable<Multi>>::construct_selection()
}

/// Every approved value, by date of effect.
pub fn approuvees(conn: &mut AnyConn) -> DbResult<Vec<ValeurStockee>> {
    Ok(parametre_valeur::table
        .filter(parametre_valeur::etat.eq(EtatValeur::Approuvee))
        .order((parametre_valeur::du, parametre_valeur::id))
        .select(colonnes())
        .load(conn)?)
}

/// Every value that waits for an answer, oldest first: at most one a key.
pub fn en_attente(conn: &mut AnyConn) -> DbResult<Vec<ValeurStockee>> {
    Ok(parametre_valeur::table
        .filter(parametre_valeur::etat.eq(EtatValeur::Proposee))
        .order(parametre_valeur::id)
        .select(colonnes())
        .load(conn)?)
}

/// Everything that was proposed for a key, latest first.
pub fn de_cle(conn: &mut AnyConn, cle: &str) -> DbResult<Vec<ValeurStockee>> {
    Ok(parametre_valeur::table
        .filter(parametre_valeur::cle.eq(cle))
        .order(parametre_valeur::id.desc())
        .limit(200)
        .select(colonnes())
        .load(conn)?)
}

/// One value.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn lire(conn: &mut AnyConn, id: i64) -> DbResult<ValeurStockee> {
    Ok(parametre_valeur::table
        .find(id)
        .select(colonnes())
        .first(conn)?)
}

/// Makes the others who examine this value wait until the end of the transaction. On SQLite the write transaction does.
pub fn verrouiller(tx: &mut WriteTx<'_>, id: i64) -> DbResult<()> {
    if !tx.is_sqlite() {
        // An approved row refuses every update: it is locked by reading.
        diesel::sql_query("SELECT id FROM parametre_valeur WHERE id = $1 FOR UPDATE")
            .bind::<diesel::sql_types::BigInt, _>(id)
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// The value that a form already proposed: its identifier.
pub fn par_idempotence(conn: &mut AnyConn, auteur: i64, cle: &str) -> DbResult<Option<i64>> {
    Ok(parametre_valeur::table
        .filter(parametre_valeur::cle_idempotence.eq(cle))
        .filter(parametre_valeur::proposee_par.eq(auteur))
        .select(parametre_valeur::id)
        .first(conn)
        .optional()?)
}

/// Stores a proposal and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::ParametreEnAttente`] when the key already has one.
pub fn proposer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleValeur<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(parametre_valeur::table)
        .values(nouvelle)
        .returning(parametre_valeur::id)
        .get_result(&mut **tx)?)
}

/// Writes an answer, or a withdrawal, on the version that was read, and the state that it leads to.
///
/// # Errors
/// [`super::DbError::Perime`] when somebody was faster; the constraints of the table.
pub fn modifier(
    tx: &mut WriteTx<'_>,
    lue: &ValeurStockee,
    passage: Passage<EtatValeur>,
    changement: &ChangementValeur<'_>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(parametre_valeur::table.find(lue.id))
            .filter(parametre_valeur::version.eq(lue.version))
            .set((
                parametre_valeur::etat.eq(passage.vers()),
                changement,
                parametre_valeur::version.eq(lue.version + 1),
            ))
            .execute(&mut **tx)?,
    )
}

/// The names of these accounts.
pub fn noms(conn: &mut AnyConn, comptes: &[i64]) -> DbResult<Vec<(i64, String)>> {
    let lus: Vec<(i64, String, String)> = compte::table
        .filter(parmi(compte::id, comptes))
        .select((compte::id, compte::prenom, compte::nom))
        .load(conn)?;
    Ok(lus
        .into_iter()
        .map(|(id, prenom, nom)| (id, format!("{prenom} {nom}")))
        .collect())
}
