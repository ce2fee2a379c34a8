//! PRO-7: what is born of the silence of a caisse on a request.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::echeance::NatureEcheance;
use regles::silence::EffetSilence;
use regles::silence::SilenceEchu;

use super::condition::ECHEANCE_EN_COURS;
use super::schema::{echeance, silence};
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// As it is stored beside a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = silence)]
pub struct SilenceStocke {
    effet: EffetSilence,
    le: NaiveDate,
    demande_le: Option<NaiveDate>,
    reponse_le: Option<NaiveDate>,
    recue_le: Option<NaiveDate>,
}

impl From<SilenceStocke> for SilenceEchu {
    fn from(s: SilenceStocke) -> SilenceEchu {
        SilenceEchu {
            effet: s.effet,
            le: s.le,
            demande_le: s.demande_le,
            reponse_le: s.reponse_le,
            recue_le: s.recue_le,
        }
    }
}

/// Requests after the one given whose delay of silence ended before `jour` and of which nothing was stated yet, in order.
pub fn echus(conn: &mut AnyConn, apres: i64, jour: NaiveDate, limite: i64) -> DbResult<Vec<i64>> {
    Ok(echeance::table
        .left_join(silence::table.on(silence::dossier_id.eq(echeance::dossier_id)))
        .filter(silence::dossier_id.is_null())
        .filter(echeance::dossier_id.gt(apres))
        .filter(ECHEANCE_EN_COURS)
        .filter(echeance::nature.eq(NatureEcheance::DecisionImplicite))
        .filter(echeance::finale.lt(jour))
        .order(echeance::dossier_id)
        .limit(limite)
        .select(echeance::dossier_id)
        .load(conn)?)
}

/// States what was born.
pub fn constater(
    tx: &mut WriteTx<'_>,
    dossier_id: i64,
    effet: EffetSilence,
    le: NaiveDate,
) -> DbResult<()> {
    diesel::insert_into(silence::table)
        .values((
            silence::dossier_id.eq(dossier_id),
            silence::effet.eq(effet),
            silence::le.eq(le),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The reasons, or the attestation, are asked for.
///
/// # Errors
/// [`super::DbError::Perime`] when they were meanwhile.
pub fn demander(tx: &mut WriteTx<'_>, dossier_id: i64, jour: NaiveDate) -> DbResult<()> {
    une_ligne(
        diesel::update(silence::table.find(dossier_id))
            .filter(silence::demande_le.is_null())
            .set(silence::demande_le.eq(jour))
            .execute(&mut **tx)?,
    )
}

/// What the caisse gives.
#[derive(Debug, AsChangeset)]
#[diesel(table_name = silence)]
pub struct Reponse<'a> {
    /// The day.
    #[diesel(column_name = reponse_le)]
    pub le: NaiveDate,
    /// Day from which it counts as received; none until it is opened.
    pub recue_le: Option<NaiveDate>,
    /// Who gives it.
    #[diesel(column_name = repondu_par)]
    pub par: i64,
    /// The reasons, for a refusal.
    #[diesel(column_name = reponse)]
    pub texte: Option<&'a str>,
}

/// It is given.
///
/// # Errors
/// [`super::DbError::Perime`] when they were meanwhile.
pub fn repondre(tx: &mut WriteTx<'_>, dossier_id: i64, reponse: &Reponse<'_>) -> DbResult<()> {
    une_ligne(
        diesel::update(silence::table.find(dossier_id))
            .filter(silence::demande_le.is_not_null())
            .filter(silence::reponse_le.is_null())
            .set(reponse)
            .execute(&mut **tx)?,
    )
}

/// The reasons count as received.
///
/// # Errors
/// [`super::DbError::Perime`] when they did already.
pub fn recevoir(tx: &mut WriteTx<'_>, dossier_id: i64, jour: NaiveDate) -> DbResult<()> {
    une_ligne(
        diesel::update(silence::table.find(dossier_id))
            .filter(silence::recue_le.is_null())
            .set(silence::recue_le.eq(jour))
            .execute(&mut **tx)?,
    )
}

/// The reasons that were given, if they were.
pub fn raisons(conn: &mut AnyConn, dossier_id: i64) -> DbResult<Option<String>> {
    Ok(silence::table
        .find(dossier_id)
        .select(silence::reponse)
        .first::<Option<String>>(conn)
        .optional()?
        .flatten())
}
