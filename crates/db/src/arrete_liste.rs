//! The arrêtés as screens list them: by region, with the one before and the one after.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::arrete::Arrete;
use super::dialect::Multi;
use super::schema::{arrete, bassin, commune};
use super::zonage::MASSEUR_KINESITHERAPEUTE;
use super::{AnyConn, DbResult};

/// Arrêtés listed at most: a region takes one every two years.
const LIMITE: i64 = 500;

/// An arrêté that counts, by its identifier.
///
/// # Errors
/// [`super::DbError::Introuvable`] when it does not exist, or is still being imported.
pub fn lire(conn: &mut AnyConn, id: i64) -> DbResult<Arrete> {
    Ok(arrete::table
        .filter(arrete::id.eq(id))
        .filter(arrete::etat.eq("actif"))
        .filter(arrete::profession.eq(MASSEUR_KINESITHERAPEUTE))
        .select(<Arrete as Selectable<Multi>>::construct_selection())
        .first(conn)?)
}

/// The arrêtés of these regions, or of every region, by region, the latest first.
pub fn lister(conn: &mut AnyConn, regions: Option<&[String]>) -> DbResult<Vec<Arrete>> {
    let mut requete = arrete::table
        .filter(arrete::etat.eq("actif"))
        .filter(arrete::profession.eq(MASSEUR_KINESITHERAPEUTE))
        .order((arrete::region, arrete::date_effet.desc()))
        .limit(LIMITE)
        .select(<Arrete as Selectable<Multi>>::construct_selection())
        .into_boxed();
    if let Some(regions) = regions {
        requete = requete.filter(arrete::region.eq_any(regions));
    }
    Ok(requete.load(conn)?)
}

/// The regions whose arrêté classifies a commune of this CPAM (ZON-3: a bassin may belong to the region beside).
pub fn regions_de(conn: &mut AnyConn, caisse: &str) -> DbResult<Vec<String>> {
    Ok(commune::table
        .inner_join(bassin::table)
        .filter(commune::caisse_code.eq(caisse))
        .select(bassin::region_attribution)
        .distinct()
        .order(bassin::region_attribution)
        .load(conn)?)
}

/// The arrêté of the same region that this one replaces.
pub fn precedent(conn: &mut AnyConn, de: &Arrete) -> DbResult<Option<Arrete>> {
    Ok(arrete::table
        .filter(arrete::etat.eq("actif"))
        .filter(arrete::profession.eq(&de.profession))
        .filter(arrete::region.eq(&de.region))
        .filter(arrete::date_effet.lt(de.date_effet))
        .order(arrete::date_effet.desc())
        .select(<Arrete as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}

/// The first arrêté of a region to take effect after `jour`.
pub fn a_venir(conn: &mut AnyConn, region: &str, jour: NaiveDate) -> DbResult<Option<Arrete>> {
    Ok(arrete::table
        .filter(arrete::etat.eq("actif"))
        .filter(arrete::profession.eq(MASSEUR_KINESITHERAPEUTE))
        .filter(arrete::region.eq(region))
        .filter(arrete::date_effet.gt(jour))
        .order(arrete::date_effet)
        .select(<Arrete as Selectable<Multi>>::construct_selection())
        .first(conn)
        .optional()?)
}
