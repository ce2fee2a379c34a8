//! Durable work: a row written in the transaction that causes it, claimed by one process at a time, tried again,
//! concluded. What a nature needs beyond that stands in a table of its own, which shares the identifier.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::condition::{TACHE_A_FAIRE, TACHE_EN_COURS, TACHE_MORTE};
use super::dialect::Base;
use super::dialect::Multi;
use super::schema::tache;
use super::{AnyConn, DbResult, WriteTx, une_ligne};

regles::text_enum! {
    /// What kind of work.
    pub enum NatureTache {
        /// A mail to send.
        Courriel = "courriel", "Courriel";
        /// A letter to print, once.
        Impression = "impression", "Impression d’une lettre";
    }
}

regles::text_enum! {
    /// Where a task stands.
    pub enum EtatTache {
        /// Waits for its turn.
        AFaire = "a_faire", "À faire";
        /// Claimed.
        EnCours = "en_cours", "En cours";
        /// Done.
        Faite = "faite", "Faite";
        /// Refused for good, or tried too often.
        Echec = "echec", "En échec";
        /// It may have been done: only a person has it done again.
        Incertaine = "incertaine", "Incertaine";
        /// It failed or was uncertain, and a person saw to it otherwise.
        Classee = "classee", "Réglée autrement";
    }
}

/// A task as read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = tache)]
pub struct Tache {
    /// Identifier.
    pub id: i64,
    /// Where it stands.
    pub etat: EtatTache,
    /// Tries so far, the one under way included.
    pub tentatives: i32,
    /// The number of its last claim; 0 when it never was.
    pub bail: i64,
    /// When it was last claimed (UTC).
    pub reclame_le: Option<NaiveDateTime>,
    /// When it was filed (UTC).
    pub cree_le: NaiveDateTime,
    /// When it was done, given up or lost (UTC).
    pub conclue_le: Option<NaiveDateTime>,
    /// What the last try answered.
    pub derniere_erreur: Option<String>,
}

/// Files a task of a case, due at once, and returns its identifier.
///
/// # Errors
/// [`super::contrainte::Contrainte::TacheUneFois`] when its key was filed already.
pub(super) fn deposer(
    tx: &mut WriteTx<'_>,
    (nature, cle): (NatureTache, &str),
    dossier_id: i64,
    now: NaiveDateTime,
) -> DbResult<i64> {
    let id = diesel::insert_into(tache::table)
        .values((
            tache::nature.eq(nature),
            tache::cle.eq(cle),
            tache::etat.eq(EtatTache::AFaire),
            tache::tentatives.eq(0),
            tache::prochain_essai.eq(now),
            tache::bail.eq(0),
            tache::cree_le.eq(now),
            tache::dossier_id.eq(dossier_id),
            tache::donnees.eq("{}"),
        ))
        .returning(tache::id)
        .get_result(&mut **tx)?;
    tx.annoncer_tache();
    Ok(id)
}

/// How many tasks are due, at most `limite`: what a round needs to know before it starts.
pub fn dues(
    conn: &mut AnyConn,
    nature: NatureTache,
    now: NaiveDateTime,
    limite: i64,
) -> DbResult<usize> {
    let ids: Vec<i64> = tache::table
        .filter(TACHE_A_FAIRE)
        .filter(tache::nature.eq(nature))
        .filter(tache::prochain_essai.le(now))
        .order((tache::prochain_essai, tache::id))
        .select(tache::id)
        .limit(limite)
        .load(conn)?;
    Ok(ids.len())
}

/// A task that was claimed.
#[derive(Debug, Clone)]
pub struct Reclamee {
    /// The task.
    pub tache: Tache,
    /// When it was claimed before (UTC), if it was.
    pub precedente: Option<NaiveDateTime>,
}

/// Claims the task that has been due for longest. Two processes never claim the same one: SQLite has one
/// writer at a time, PostgreSQL skips the rows that another transaction holds.
pub fn reclamer(
    tx: &mut WriteTx<'_>,
    nature: NatureTache,
    now: NaiveDateTime,
) -> DbResult<Option<Reclamee>> {
    // The macro compiles the expression once per backend: the enum does not carry locking clauses.
    macro_rules! premiere {
        () => {
            tache::table
                .filter(TACHE_A_FAIRE)
                .filter(tache::nature.eq(nature))
                .filter(tache::prochain_essai.le(now))
                .order((tache::prochain_essai, tache::id))
                .select((tache::id, tache::reclame_le))
                .limit(1)
        };
    }
    let trouvee: Option<(i64, Option<NaiveDateTime>)> = match &mut tx.base {
        Base::Sqlite(conn) => premiere!().first(conn),
        Base::Pg(conn) => premiere!().for_update().skip_locked().first(conn),
    }
    .optional()?;
    let Some((id, precedente)) = trouvee else {
        return Ok(None);
    };
    diesel::update(tache::table.find(id))
        .set((
            tache::etat.eq(EtatTache::EnCours),
            tache::reclame_le.eq(now),
            tache::engagee_le.eq(None::<NaiveDateTime>),
            tache::bail.eq(tache::bail + 1),
            tache::tentatives.eq(tache::tentatives + 1),
        ))
        .execute(&mut **tx)?;
    let tache = tache::table
        .find(id)
        .select(<Tache as Selectable<Multi>>::construct_selection())
        .first(&mut **tx)?;
    Ok(Some(Reclamee { tache, precedente }))
}

/// Notes that the effect of a claim is about to leave: from here on, whoever dies leaves it uncertain.
///
/// # Errors
/// [`super::DbError::Perime`] when this claim is no longer the last, or was given up: nothing may leave.
pub fn engager(tx: &mut WriteTx<'_>, (id, bail): (i64, i64), now: NaiveDateTime) -> DbResult<()> {
    une_ligne(
        diesel::update(tache::table.find(id))
            .filter(tache::bail.eq(bail))
            .filter(TACHE_EN_COURS)
            .set(tache::engagee_le.eq(now))
            .execute(&mut **tx)?,
    )
}

/// Whether some task of a nature was done after an instant.
pub fn faite_depuis(
    conn: &mut AnyConn,
    nature: NatureTache,
    depuis: NaiveDateTime,
) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(
        tache::table
            .filter(tache::nature.eq(nature))
            .filter(tache::etat.eq(EtatTache::Faite))
            .filter(tache::conclue_le.gt(depuis)),
    ))
    .get_result(conn)?)
}

/// What became of a task that was claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    /// Done.
    Faite,
    /// Not before this instant.
    Reportee(NaiveDateTime, String),
    /// The same, and this try does not count.
    Rendue(NaiveDateTime, String),
    /// Never.
    Echec(String),
    /// Nobody knows.
    Incertaine(String),
}

/// Writes what became of the task that the claim `bail` took.
///
/// # Errors
/// [`super::DbError::Perime`] when this claim is no longer the last, or the task neither under way nor uncertain (its
/// claim was too old).
pub fn conclure(
    tx: &mut WriteTx<'_>,
    (id, bail): (i64, i64),
    issue: &Issue,
    now: NaiveDateTime,
) -> DbResult<()> {
    let (etat, essai, conclue_le, erreur) = match issue {
        Issue::Faite => (EtatTache::Faite, now, Some(now), None),
        Issue::Reportee(quand, e) | Issue::Rendue(quand, e) => {
            (EtatTache::AFaire, *quand, None, Some(e.as_str()))
        }
        Issue::Echec(e) => (EtatTache::Echec, now, Some(now), Some(e.as_str())),
        Issue::Incertaine(e) => (EtatTache::Incertaine, now, Some(now), Some(e.as_str())),
    };
    let rendus = i32::from(matches!(issue, Issue::Rendue(..)));
    une_ligne(
        diesel::update(tache::table.find(id))
            .filter(tache::bail.eq(bail))
            .filter(tache::etat.eq_any([EtatTache::EnCours, EtatTache::Incertaine]))
            .set((
                tache::etat.eq(etat),
                tache::tentatives.eq(tache::tentatives - rendus),
                tache::prochain_essai.eq(essai),
                tache::conclue_le.eq(conclue_le),
                tache::derniere_erreur.eq(erreur),
            ))
            .execute(&mut **tx)?,
    )
}

/// What became of the claims of dead processes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Abandonnees {
    /// Nothing had left: taken again.
    pub reprises: usize,
    /// The effect may have left.
    pub incertaines: usize,
}

/// Gives up the claims made before an instant and never concluded: the process that carried them died. What was not
/// [engaged](engager) is to be done again, and that try does not count; the rest is uncertain.
pub fn abandonner(
    tx: &mut WriteTx<'_>,
    nature: NatureTache,
    reclamees_avant: NaiveDateTime,
    now: NaiveDateTime,
) -> DbResult<Abandonnees> {
    let incertaines = diesel::update(tache::table)
        .filter(TACHE_EN_COURS)
        .filter(tache::nature.eq(nature))
        .filter(tache::reclame_le.lt(reclamees_avant))
        .filter(tache::engagee_le.is_not_null())
        .set((
            tache::etat.eq(EtatTache::Incertaine),
            tache::conclue_le.eq(now),
            tache::derniere_erreur.eq("interrompue avant d’être conclue"),
        ))
        .execute(&mut **tx)?;
    let reprises = diesel::update(tache::table)
        .filter(TACHE_EN_COURS)
        .filter(tache::nature.eq(nature))
        .filter(tache::reclame_le.lt(reclamees_avant))
        .set((
            tache::etat.eq(EtatTache::AFaire),
            tache::tentatives.eq(tache::tentatives - 1),
            tache::prochain_essai.eq(now),
            tache::derniere_erreur.eq("interrompue avant de partir"),
        ))
        .execute(&mut **tx)?;
    Ok(Abandonnees {
        reprises,
        incertaines,
    })
}

/// Whether some task was claimed before an instant and never concluded.
pub fn a_abandonner(
    conn: &mut AnyConn,
    nature: NatureTache,
    reclamees_avant: NaiveDateTime,
) -> DbResult<bool> {
    Ok(diesel::select(diesel::dsl::exists(
        tache::table
            .filter(TACHE_EN_COURS)
            .filter(tache::nature.eq(nature))
            .filter(tache::reclame_le.lt(reclamees_avant)),
    ))
    .get_result(conn)?)
}

/// Has a task that failed or is uncertain done again: a person decided so.
///
/// # Errors
/// [`super::DbError::Perime`] for any other task.
pub fn relancer(tx: &mut WriteTx<'_>, id: i64, now: NaiveDateTime) -> DbResult<()> {
    une_ligne(
        diesel::update(tache::table.find(id))
            .filter(tache::etat.eq_any([EtatTache::Echec, EtatTache::Incertaine]))
            .set((
                tache::etat.eq(EtatTache::AFaire),
                tache::tentatives.eq(0),
                tache::prochain_essai.eq(now),
                tache::conclue_le.eq(None::<NaiveDateTime>),
            ))
            .execute(&mut **tx)?,
    )?;
    tx.annoncer_tache();
    Ok(())
}

/// Puts away a task that failed or is uncertain: a person saw to it otherwise.
///
/// # Errors
/// [`super::DbError::Perime`] for any other task.
pub fn classer(tx: &mut WriteTx<'_>, id: i64) -> DbResult<()> {
    une_ligne(
        diesel::update(tache::table.find(id))
            .filter(TACHE_MORTE)
            .set(tache::etat.eq(EtatTache::Classee))
            .execute(&mut **tx)?,
    )
}

/// Has every task of a nature that failed or is uncertain, filed from an instant on and before another, done again;
/// returns how many. What was done, or waits, is left alone: asked twice, it does nothing twice.
pub fn relancer_periode(
    tx: &mut WriteTx<'_>,
    nature: NatureTache,
    (depuis, avant): (NaiveDateTime, NaiveDateTime),
    now: NaiveDateTime,
) -> DbResult<usize> {
    let relancees = diesel::update(tache::table)
        .filter(TACHE_MORTE)
        .filter(tache::nature.eq(nature))
        .filter(tache::cree_le.ge(depuis).and(tache::cree_le.lt(avant)))
        .set((
            tache::etat.eq(EtatTache::AFaire),
            tache::tentatives.eq(0),
            tache::prochain_essai.eq(now),
            tache::conclue_le.eq(None::<NaiveDateTime>),
        ))
        .execute(&mut **tx)?;
    if relancees > 0 {
        tx.annoncer_tache();
    }
    Ok(relancees)
}

/// When the task of a key was filed (UTC), if it was.
pub fn deposee_le(conn: &mut AnyConn, cle: &str) -> DbResult<Option<NaiveDateTime>> {
    Ok(tache::table
        .filter(tache::cle.eq(cle))
        .select(tache::cree_le)
        .first(conn)
        .optional()?)
}

/// Tasks that wait for a person, counted by nature and state. The nature is as stored: this program may be older than
/// who filed them.
pub fn mortes(conn: &mut AnyConn) -> DbResult<Vec<(String, EtatTache, i64)>> {
    Ok(tache::table
        .filter(TACHE_MORTE)
        .group_by((tache::nature, tache::etat))
        .order((tache::nature, tache::etat))
        .select((tache::nature, tache::etat, diesel::dsl::count_star()))
        .load(conn)?)
}
