//! DER-2: the grounds of derogation added or ended in this installation, with who proposed and who approved.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::derogation::{ActeMotif, EtatMotif};
use regles::passage::Passage;

use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::schema::{compte, motif_derogation};
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// A proposal, as read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = motif_derogation)]
pub struct MotifStocke {
    /// Identifier.
    pub id: i64,
    /// What is proposed.
    pub acte: ActeMotif,
    /// Code of the ground.
    pub code: String,
    /// Its family.
    pub famille: String,
    /// What it is.
    pub libelle: String,
    /// The documents that prove it.
    pub pieces: String,
    /// What the applicant must say of it.
    pub precision: Option<String>,
    /// What follows a grant on it.
    pub suivi: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// Its status in the rulebook.
    pub statut: String,
    /// First day of a ground that is added, last day of one that ends.
    pub le: NaiveDate,
    /// Why it is proposed.
    pub raison: String,
    /// Where the proposal stands.
    pub etat: EtatMotif,
    /// Who proposed.
    pub propose_par: i64,
    /// When (UTC).
    pub propose_le: NaiveDateTime,
    /// Who examined.
    pub examine_par: Option<i64>,
    /// When (UTC).
    pub examine_le: Option<NaiveDateTime>,
    /// Why it was rejected.
    pub examen_raison: Option<String>,
    /// Grows with every change.
    pub version: i32,
}

/// A proposal to store.
#[derive(Insertable)]
#[diesel(table_name = motif_derogation)]
pub struct NouveauMotif<'a> {
    /// What is proposed.
    pub acte: ActeMotif,
    /// Code of the ground.
    pub code: &'a str,
    /// Its family.
    pub famille: &'a str,
    /// What it is.
    pub libelle: &'a str,
    /// The documents that prove it.
    pub pieces: &'a str,
    /// What the applicant must say of it.
    pub precision: Option<&'a str>,
    /// What follows a grant on it.
    pub suivi: Option<&'a str>,
    /// Where it comes from.
    pub source: &'a str,
    /// Its status.
    pub statut: &'a str,
    /// First day of a ground that is added, last day of one that ends.
    pub le: NaiveDate,
    /// Why it is proposed.
    pub raison: &'a str,
    /// Always proposed at first.
    pub etat: EtatMotif,
    /// Who proposes.
    pub propose_par: i64,
    /// Now.
    pub propose_le: NaiveDateTime,
    /// Key of the form: the same form sent twice proposes once.
    pub cle_idempotence: &'a str,
    /// 1 at first.
    pub version: i32,
}

/// Proposals listed at most.
const LIMITE: i64 = 500;

/// Stores a proposal and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::MotifUnique`] when the code has one already.
pub fn inserer(tx: &mut WriteTx<'_>, nouveau: &NouveauMotif<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(motif_derogation::table)
        .values(nouveau)
        .returning(motif_derogation::id)
        .get_result(&mut **tx)?)
}

/// The proposal that this form already stored, if it was sent before.
pub fn par_cle(conn: &mut AnyConn, cle: &str) -> DbResult<Option<i64>> {
    Ok(motif_derogation::table
        .filter(motif_derogation::cle_idempotence.eq(cle))
        .select(motif_derogation::id)
        .first(conn)
        .optional()?)
}

/// One proposal, with the name of who proposed it.
///
/// # Errors
/// [`super::DbError::Introuvable`].
pub fn lire(conn: &mut AnyConn, id: i64) -> DbResult<(MotifStocke, String)> {
    let (motif, prenom, nom): (MotifStocke, String, String) = motif_derogation::table
        .inner_join(compte::table.on(compte::id.eq(motif_derogation::propose_par)))
        .filter(motif_derogation::id.eq(id))
        .select((
            <MotifStocke as Selectable<Multi>>::construct_selection(),
            compte::prenom,
            compte::nom,
        ))
        .first(conn)?;
    Ok((motif, format!("{prenom} {nom}")))
}

/// The proposals in a state, oldest first.
pub fn en_etat(conn: &mut AnyConn, etat: EtatMotif) -> DbResult<Vec<MotifStocke>> {
    Ok(motif_derogation::table
        .filter(motif_derogation::etat.eq(etat))
        .order(motif_derogation::id)
        .limit(LIMITE)
        .select(<MotifStocke as Selectable<Multi>>::construct_selection())
        .load(conn)?)
}

/// What was approved about the ground of a code, oldest first.
pub fn lecture_approuves(code: Option<String>) -> impl Lecture<Ligne = MotifStocke> {
    lecture(
        motif_derogation::table
            .filter(motif_derogation::etat.eq(EtatMotif::Approuve))
            .filter(motif_derogation::code.nullable().eq(code))
            .order(motif_derogation::id)
            .select(<MotifStocke as Selectable<Multi>>::construct_selection()),
    )
}

/// Writes what became of a proposal, seen in this version.
///
/// # Errors
/// [`super::DbError::Perime`] when somebody was faster.
pub fn examiner(
    tx: &mut WriteTx<'_>,
    lu: &MotifStocke,
    passage: Passage<EtatMotif>,
    par: i64,
    le: NaiveDateTime,
    raison: Option<&str>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(motif_derogation::table.find(lu.id))
            .filter(
                motif_derogation::version
                    .eq(lu.version)
                    .and(motif_derogation::etat.eq(passage.de())),
            )
            .set((
                motif_derogation::etat.eq(passage.vers()),
                motif_derogation::examine_par.eq(par),
                motif_derogation::examine_le.eq(le),
                motif_derogation::examen_raison.eq(raison),
                motif_derogation::version.eq(lu.version + 1),
            ))
            .execute(&mut **tx)?,
    )
}
