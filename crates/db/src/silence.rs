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
}

impl From<SilenceStocke> for SilenceEchu {
    fn from(s: SilenceStocke) -> SilenceEchu {
        SilenceEchu {
            effet: s.effet,
            le: s.le,
            demande_le: s.demande_le,
            reponse_le: s.reponse_le,
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

/// They are given; `texte`: the reasons, for a refusal.
///
/// # Errors
/// [`super::DbError::Perime`] when they were meanwhile.
pub fn repondre(
    tx: &mut WriteTx<'_>,
    dossier_id: i64,
    jour: NaiveDate,
    par: i64,
    texte: Option<&str>,
) -> DbResult<()> {
    une_ligne(
        diesel::update(silence::table.find(dossier_id))
            .filter(silence::demande_le.is_not_null())
            .filter(silence::reponse_le.is_null())
            .set((
                silence::reponse_le.eq(jour),
                silence::repondu_par.eq(par),
                silence::reponse.eq(texte),
            ))
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
