//! Deadlines as stored: what started them, how they were computed, what became of them (ECH-3).

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::calendrier::Territoire;
use regles::echeance::{EtatEcheance, NatureEcheance};

use super::condition::{ECHEANCE_EN_COURS, parmi};
use super::dialect::Multi;
use super::ensemble::{Lecture, lecture};
use super::schema::{caisse, dossier, echeance};
use super::{AnyConn, DbError, DbResult, WriteTx};

/// A deadline as read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = echeance)]
pub struct EcheanceStockee {
    /// Identifier.
    pub id: i64,
    /// The CPAM.
    pub caisse_code: String,
    /// What it is about.
    pub nature: NatureEcheance,
    /// The case it hangs on; a place's hangs on the departure that opened it.
    pub dossier_id: i64,
    /// Rule of the delay, as `REG-5`.
    pub regle: String,
    /// What started it.
    pub depart: NaiveDate,
    /// Length, in words: «2 ans».
    pub delai: String,
    /// End by ECH-1.
    pub brute: NaiveDate,
    /// The suspensions, JSON.
    pub suspensions: String,
    /// End once they are added.
    pub apres_suspensions: NaiveDate,
    /// The last day in time.
    pub finale: NaiveDate,
    /// The explanation, JSON.
    pub explication: String,
    /// What became of it.
    pub etat: EtatEcheance,
    /// Why it was closed.
    pub motif: Option<String>,
    /// When it was closed (UTC).
    pub close_le: Option<NaiveDateTime>,
}

/// A deadline to store.
#[derive(Insertable)]
#[diesel(table_name = echeance)]
pub struct NouvelleEcheance<'a> {
    /// The CPAM.
    pub caisse_code: &'a str,
    /// What it is about.
    pub nature: NatureEcheance,
    /// The case it hangs on; a place's hangs on the departure that opened it.
    pub dossier_id: i64,
    /// Rule of the delay.
    pub regle: &'a str,
    /// What starts it.
    pub depart: NaiveDate,
    /// Length, in words.
    pub delai: &'a str,
    /// End by ECH-1.
    pub brute: NaiveDate,
    /// The suspensions, JSON.
    pub suspensions: &'a str,
    /// End once they are added.
    pub apres_suspensions: NaiveDate,
    /// The last day in time.
    pub finale: NaiveDate,
    /// The explanation, JSON.
    pub explication: &'a str,
    /// Always running at first.
    pub etat: EtatEcheance,
    /// Now.
    pub cree_le: NaiveDateTime,
    /// The account that caused it.
    pub cree_par: Option<i64>,
}

/// Stores a deadline and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::EcheanceActive`] when one of this kind runs already.
pub fn inserer(tx: &mut WriteTx<'_>, nouvelle: &NouvelleEcheance<'_>) -> DbResult<i64> {
    Ok(diesel::insert_into(echeance::table)
        .values(nouvelle)
        .returning(echeance::id)
        .get_result(&mut **tx)?)
}

/// Closes the running deadline of a kind, if there is one. Returns whether there was.
pub fn clore(
    tx: &mut WriteTx<'_>,
    dossier_id: i64,
    nature: NatureEcheance,
    etat: EtatEcheance,
    motif: &str,
    now: NaiveDateTime,
) -> DbResult<bool> {
    let closes = diesel::update(echeance::table)
        .filter(echeance::dossier_id.eq(dossier_id))
        .filter(echeance::nature.eq(nature))
        .filter(ECHEANCE_EN_COURS)
        .set((
            echeance::etat.eq(etat),
            echeance::motif.eq(motif),
            echeance::close_le.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(closes > 0)
}

/// Closes as no longer of use those of a case that run and are of one of these kinds.
pub fn annuler(
    tx: &mut WriteTx<'_>,
    dossier_id: i64,
    natures: &[NatureEcheance],
    motif: &str,
    now: NaiveDateTime,
) -> DbResult<()> {
    diesel::update(echeance::table)
        .filter(echeance::dossier_id.eq(dossier_id))
        .filter(parmi(echeance::nature, natures))
        .filter(ECHEANCE_EN_COURS)
        .set((
            echeance::etat.eq(EtatEcheance::Annulee),
            echeance::motif.eq(motif),
            echeance::close_le.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The deadlines of a case, running and past, oldest first.
pub fn lecture_de(dossier_id: i64) -> impl Lecture<Ligne = EcheanceStockee> {
    lecture(
        echeance::table
            .filter(echeance::dossier_id.eq(dossier_id))
            .order(echeance::id)
            .select(<EcheanceStockee as Selectable<Multi>>::construct_selection()),
    )
}

/// The same, alone.
pub fn de(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Vec<EcheanceStockee>> {
    lecture_de(dossier_id).toutes(conn)
}

/// The running deadline of a kind, if there is one.
pub fn en_cours(
    conn: &mut AnyConn,
    dossier_id: i64,
    nature: NatureEcheance,
) -> DbResult<Option<EcheanceStockee>> {
    Ok(echeance::table
        .filter(echeance::dossier_id.eq(dossier_id))
        .filter(echeance::nature.eq(nature))
        .filter(ECHEANCE_EN_COURS)
        .select(<EcheanceStockee as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The running deadlines of several cases, the nearest first.
pub fn lecture_en_cours(dossiers: Vec<i64>) -> impl Lecture<Ligne = EcheanceStockee> {
    lecture(
        echeance::table
            .filter(ECHEANCE_EN_COURS)
            .filter(parmi(echeance::dossier_id, dossiers))
            .order((echeance::finale, echeance::id))
            .select(<EcheanceStockee as Selectable<Multi>>::construct_selection()),
    )
}

/// The last day of the opinion asked for on the places of these departures (REG-4).
pub(super) fn lecture_avis_de_places(departs: Vec<i64>) -> impl Lecture<Ligne = (i64, NaiveDate)> {
    lecture(
        echeance::table
            .filter(ECHEANCE_EN_COURS)
            .filter(parmi(echeance::dossier_id, departs))
            .filter(echeance::nature.eq(NatureEcheance::AvisPlace))
            .select((echeance::dossier_id, echeance::finale)),
    )
}

/// The same as [`lecture_en_cours`], alone.
pub fn en_cours_de(conn: &mut AnyConn, dossiers: &[i64]) -> DbResult<Vec<EcheanceStockee>> {
    lecture_en_cours(dossiers.to_vec()).toutes(conn)
}

/// The deadlines after an identifier, whatever their state, with the territory of their CPAM.
pub fn apres(conn: &mut AnyConn, id: i64, lignes: i64) -> DbResult<Vec<(EcheanceStockee, String)>> {
    Ok(echeance::table
        .inner_join(caisse::table)
        .filter(echeance::id.gt(id))
        .order(echeance::id)
        .limit(lignes)
        .select((
            <EcheanceStockee as Selectable<Multi>>::construct_selection(),
            caisse::territoire,
        ))
        .load(conn)?)
}

/// How many deadlines are stored: for the progress of a command, never for a page.
pub fn nombre(conn: &mut AnyConn) -> DbResult<i64> {
    Ok(echeance::table.count().get_result(conn)?)
}

/// The territory whose holidays count for a CPAM (ECH-2).
///
/// # Errors
/// [`DbError::Introuvable`] for an unknown CPAM, [`DbError::Incoherent`] for an unknown territory.
pub fn territoire(conn: &mut AnyConn, caisse_code: &str) -> DbResult<Territoire> {
    let code: String = caisse::table
        .find(caisse_code)
        .select(caisse::territoire)
        .first(conn)?;
    code.parse()
        .map_err(|_| DbError::Incoherent(format!("organisme {caisse_code} : territoire {code}")))
}

/// Writes on a case which of its running deadlines comes first: the queue is ordered by it.
/// Without any, the last one is kept; those that are no work of the queue do not count.
pub fn reporter(tx: &mut WriteTx<'_>, dossier_id: i64) -> DbResult<()> {
    let premiere: Option<(NaiveDate, NatureEcheance)> = echeance::table
        .filter(echeance::dossier_id.eq(dossier_id))
        .filter(ECHEANCE_EN_COURS)
        .filter(parmi(
            echeance::nature,
            NatureEcheance::parmi(|f| f.file.is_some()),
        ))
        .order((echeance::finale, echeance::id))
        .select((echeance::finale, echeance::nature))
        .first(&mut **tx)
        .optional()?;
    if let Some((finale, nature)) = premiere {
        diesel::update(dossier::table.find(dossier_id))
            .set((
                dossier::echeance.eq(finale),
                dossier::echeance_nature.eq(nature.as_str()),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}
