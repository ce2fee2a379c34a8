//! The figures of every CPAM together, as they were last counted.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::statistique_nationale;
use super::statistique::{self, Compte};
use super::{AnyConn, DbError, DbResult, WriteTx};

/// Every figure of a period, as counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Figures {
    /// By month of filing and state.
    pub demandes: Vec<Compte>,
    /// By month of the decision and days since the filing.
    pub decisions: Vec<Compte>,
    /// By month, opened, filled and lapsed.
    pub places: Vec<Compte>,
    /// By month of the installation and days since the cessation.
    pub arrivees: Vec<Compte>,
    /// By family and state.
    pub derogations: Vec<Compte>,
    /// By zone, or by CPAM when all are counted, and state.
    pub territoires: Vec<Compte>,
    /// Derogations by zone, or by CPAM when all are counted, and state; empty in figures kept before they were counted.
    #[serde(default)]
    pub derogations_par_territoire: Vec<Compte>,
}

/// Counts every figure of a CPAM, or of all, since a day: nine queries, whatever the number of requests.
pub fn compter(conn: &mut AnyConn, caisse: Option<&str>, du: NaiveDate) -> DbResult<Figures> {
    Ok(Figures {
        demandes: statistique::demandes(conn, caisse, du)?,
        decisions: statistique::delais_de_decision(conn, caisse, du)?,
        places: statistique::places(conn, caisse, du)?,
        arrivees: statistique::delais_d_arrivee(conn, caisse, du)?,
        derogations: statistique::derogations(conn, caisse, du)?,
        territoires: statistique::territoires(conn, caisse, du)?,
        derogations_par_territoire: statistique::derogations_par_territoire(conn, caisse, du)?,
    })
}

/// Keeps the figures of so many months, in place of the former ones.
pub fn garder(
    tx: &mut WriteTx<'_>,
    mois: i32,
    du: NaiveDate,
    releve_le: NaiveDateTime,
    figures: &Figures,
) -> DbResult<()> {
    let json = serde_json::to_string(figures).map_err(|e| DbError::Incoherent(e.to_string()))?;
    diesel::delete(statistique_nationale::table.find(mois)).execute(&mut **tx)?;
    diesel::insert_into(statistique_nationale::table)
        .values((
            statistique_nationale::mois.eq(mois),
            statistique_nationale::du.eq(du),
            statistique_nationale::releve_le.eq(releve_le),
            statistique_nationale::figures.eq(json),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The figures kept for so many months from this day, counted at this instant (UTC) or later, with when they were.
///
/// # Errors
/// Figures that do not read, the refusal of the database.
pub fn gardees(
    conn: &mut AnyConn,
    mois: i32,
    du: NaiveDate,
    depuis: NaiveDateTime,
) -> DbResult<Option<(Figures, NaiveDateTime)>> {
    let ligne: Option<(String, NaiveDateTime)> = statistique_nationale::table
        .filter(statistique_nationale::mois.eq(mois))
        .filter(statistique_nationale::du.eq(du))
        .filter(statistique_nationale::releve_le.ge(depuis))
        .select((
            statistique_nationale::figures,
            statistique_nationale::releve_le,
        ))
        .first(conn)
        .optional()?;
    ligne
        .map(|(json, le)| {
            let figures =
                serde_json::from_str(&json).map_err(|e| DbError::Incoherent(e.to_string()))?;
            Ok((figures, le))
        })
        .transpose()
}
