//! REG-12: what follows an attribution, and the calls whose end is near.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::appel::EtatAppel;
use regles::passage::Passage;

use super::appel::Appel;
use super::condition::{APPEL_ATTRIBUE, APPEL_OUVERT, EnToutesLettres};
use super::dossier::{self as tronc, ChangementDossier};
use super::schema::{appel, dossier};
use super::{AnyConn, DbResult, WriteTx, une_ligne};

/// Opens again a call whose attribution lapsed: what it was attributed on is in the timeline.
///
/// # Errors
/// [`super::DbError::Perime`] when it changed since it was read.
pub fn rouvrir(tx: &mut WriteTx<'_>, lu: &Appel, passage: Passage<EtatAppel>) -> DbResult<()> {
    let ouvert = ChangementDossier {
        etat: Some(passage.vers().as_str()),
        ouvert: Some(passage.vers().en_cours()),
        ..ChangementDossier::default()
    };
    tronc::modifier(tx, lu.id, lu.version, &ouvert)?;
    tronc::attendre(tx, lu.place_id, false)?;
    une_ligne(
        diesel::update(appel::table.find(lu.id))
            .set((
                appel::clos_le.eq(None::<NaiveDateTime>),
                appel::clos_par.eq(None::<i64>),
                appel::motif.eq(None::<String>),
                appel::classement.eq(None::<String>),
                appel::depot_limite.eq(None::<NaiveDate>),
            ))
            .execute(&mut **tx)?,
    )
}

/// The winner of the call has filed nothing for its place since it was attributed.
const SANS_DEPOT: EnToutesLettres = EnToutesLettres(
    "NOT EXISTS (SELECT 1 FROM dossier d JOIN candidature c ON c.kine_id = d.kine_id \
    WHERE d.nature = 'demande' AND d.place_id = dossier.place_id AND d.depose_le >= appel.clos_le AND c.appel_id = appel.id AND c.etat = 'retenue')",
);

/// The attributions after whose last day to file nothing was filed, after an identifier, in order.
pub fn sans_depot(
    conn: &mut AnyConn,
    apres: i64,
    jour: NaiveDate,
    limite: i64,
) -> DbResult<Vec<i64>> {
    Ok(appel::table
        .inner_join(dossier::table)
        .filter(appel::id.gt(apres))
        .filter(APPEL_ATTRIBUE)
        .filter(appel::depot_limite.lt(jour))
        .filter(SANS_DEPOT)
        .order(appel::id)
        .limit(limite)
        .select(appel::id)
        .load(conn)?)
}

/// The calls that receive applications until a day between two, after an identifier, in order.
pub fn bientot_clos(
    conn: &mut AnyConn,
    apres: i64,
    (jour, horizon): (NaiveDate, NaiveDate),
    limite: i64,
) -> DbResult<Vec<i64>> {
    Ok(appel::table
        .inner_join(dossier::table)
        .filter(appel::id.gt(apres))
        .filter(APPEL_OUVERT)
        .filter(appel::cloture.ge(jour).and(appel::cloture.le(horizon)))
        .order(appel::id)
        .limit(limite)
        .select(appel::id)
        .load(conn)?)
}

/// Whether the winner of a call has filed a request since it was attributed.
pub fn a_un_depot(conn: &mut AnyConn, appel_id: i64) -> DbResult<bool> {
    let sans: i64 = appel::table
        .inner_join(dossier::table)
        .filter(appel::id.eq(appel_id))
        .filter(SANS_DEPOT)
        .count()
        .get_result(conn)?;
    Ok(sans == 0)
}
