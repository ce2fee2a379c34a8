//! ZON-3, ZON-8: what an arrêté weighs, from the communes that were imported.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use regles::synthese::BassinPese;

use super::arrete::Arrete;
use super::{AnyConn, DbError, DbResult};

// A sum of big integers is a decimal for PostgreSQL.
/// The query of [`bassins`]: the arrêté. Public for the tests that read its plan.
pub const SQL_BASSINS: &str = "SELECT z.bassin_code AS code, z.categorie AS categorie, \
         CAST(COALESCE(SUM(c.population), 0) AS BIGINT) AS population \
         FROM zonage_bassin z LEFT JOIN commune c ON c.bassin_code = z.bassin_code \
         WHERE z.arrete_id = $1 GROUP BY z.bassin_code, z.categorie ORDER BY z.bassin_code";
/// The query of [`rattachees`]: the arrêté, its region. Public for the tests that read its plan.
pub const SQL_RATTACHEES: &str = "SELECT c.departement AS ou, c.region AS region, COUNT(*) AS communes, \
         CAST(SUM(c.population) AS BIGINT) AS population \
         FROM zonage_bassin z JOIN commune c ON c.bassin_code = z.bassin_code \
         WHERE z.arrete_id = $1 AND c.region <> $2 GROUP BY c.departement, c.region ORDER BY c.departement";
/// The query of [`ailleurs`]: the region. Public for the tests that read its plan.
pub const SQL_AILLEURS: &str = "SELECT b.code || ' ' || b.nom AS ou, b.region_attribution AS region, COUNT(*) AS communes, \
         CAST(SUM(c.population) AS BIGINT) AS population \
         FROM commune c JOIN bassin b ON b.code = c.bassin_code \
         WHERE c.region = $1 AND b.region_attribution <> $1 \
         GROUP BY b.code, b.nom, b.region_attribution ORDER BY b.code";

#[derive(QueryableByName)]
struct Ligne {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    categorie: String,
    #[diesel(sql_type = BigInt)]
    population: i64,
}

/// The bassins that an arrêté classifies, with the inhabitants of all their communes.
///
/// # Errors
/// The refusal of the database, a stored category that does not read.
pub fn bassins(conn: &mut AnyConn, arrete_id: i64) -> DbResult<Vec<BassinPese>> {
    let lignes: Vec<Ligne> = diesel::sql_query(SQL_BASSINS)
        .bind::<BigInt, _>(arrete_id)
        .load(conn)?;
    lignes
        .into_iter()
        .map(|l| {
            Ok(BassinPese {
                categorie: l.categorie.parse().map_err(DbError::Incoherent)?,
                code: l.code,
                population: l.population,
            })
        })
        .collect()
}

/// Communes on the other side of a border of the region.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Frontaliers {
    /// For communes attached: their département; for communes left out: the code and name of their bassin.
    #[diesel(sql_type = Text)]
    pub ou: String,
    /// Region of the other side.
    #[diesel(sql_type = Text)]
    pub region: String,
    /// How many communes.
    #[diesel(sql_type = BigInt)]
    pub communes: i64,
    /// Their inhabitants.
    #[diesel(sql_type = BigInt)]
    pub population: i64,
}

/// ZON-3: the communes of other regions whose bassin this arrêté classifies, by département.
pub fn rattachees(conn: &mut AnyConn, arrete: &Arrete) -> DbResult<Vec<Frontaliers>> {
    Ok(diesel::sql_query(SQL_RATTACHEES)
        .bind::<BigInt, _>(arrete.id)
        .bind::<Text, _>(&arrete.region)
        .load(conn)?)
}

/// ZON-3: the communes of the region whose bassin the arrêté of another region classifies, by bassin.
pub fn ailleurs(conn: &mut AnyConn, region: &str) -> DbResult<Vec<Frontaliers>> {
    Ok(diesel::sql_query(SQL_AILLEURS)
        .bind::<Text, _>(region)
        .load(conn)?)
}
