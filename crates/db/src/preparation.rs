//! Communes and bassins on their way in: written in batches out of sight, then applied at once.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::commune::{Bassin, Commune};
use super::schema::{bassin_prepare, commune_prepare};
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

#[derive(Insertable)]
#[diesel(table_name = commune_prepare, treat_none_as_default_value = false)]
struct CommunePreparee<'a> {
    lot: &'a str,
    insee: &'a str,
    nom: &'a str,
    nom_recherche: &'a str,
    nature: &'a str,
    codes_postaux: &'a str,
    departement: &'a str,
    region: &'a str,
    population: i64,
    bassin_code: Option<&'a str>,
    caisse_code: Option<&'a str>,
    caisse_methode: &'a str,
    commune_parente: Option<&'a str>,
    note: Option<&'a str>,
}

#[derive(Insertable)]
#[diesel(table_name = bassin_prepare)]
struct BassinPrepare<'a> {
    lot: &'a str,
    code: &'a str,
    nom: &'a str,
    nature: &'a str,
    region_attribution: &'a str,
    population: i64,
    interregional: bool,
}

/// Sets communes aside in a lot; nobody sees them yet. At most 2 000 at a time: a statement
/// of SQLite takes 32 766 values.
pub fn preparer_communes(tx: &mut WriteTx<'_>, lot: &str, communes: &[Commune]) -> DbResult<()> {
    let rows: Vec<CommunePreparee<'_>> = communes
        .iter()
        .map(|c| CommunePreparee {
            lot,
            insee: &c.insee,
            nom: &c.nom,
            nom_recherche: &c.nom_recherche,
            nature: &c.nature,
            codes_postaux: &c.codes_postaux,
            departement: &c.departement,
            region: &c.region,
            population: c.population,
            bassin_code: c.bassin_code.as_deref(),
            caisse_code: c.caisse_code.as_deref(),
            caisse_methode: &c.caisse_methode,
            commune_parente: c.commune_parente.as_deref(),
            note: c.note.as_deref(),
        })
        .collect();
    per_backend!(&mut **tx, conn => diesel::insert_into(commune_prepare::table)
        .values(&rows)
        .execute(conn)?);
    Ok(())
}

/// Sets bassins aside in a lot; at most 2 000 at a time.
pub fn preparer_bassins(tx: &mut WriteTx<'_>, lot: &str, bassins: &[Bassin]) -> DbResult<()> {
    let rows: Vec<BassinPrepare<'_>> = bassins
        .iter()
        .map(|b| BassinPrepare {
            lot,
            code: &b.code,
            nom: &b.nom,
            nature: &b.nature,
            region_attribution: &b.region_attribution,
            population: b.population,
            interregional: b.interregional,
        })
        .collect();
    per_backend!(&mut **tx, conn => diesel::insert_into(bassin_prepare::table)
        .values(&rows)
        .execute(conn)?);
    Ok(())
}

/// How many communes and bassins a lot holds.
pub fn compter(conn: &mut AnyConn, lot: &str) -> DbResult<(i64, i64)> {
    let communes = commune_prepare::table
        .filter(commune_prepare::lot.eq(lot))
        .count()
        .get_result(conn)?;
    let bassins = bassin_prepare::table
        .filter(bassin_prepare::lot.eq(lot))
        .count()
        .get_result(conn)?;
    Ok((communes, bassins))
}

/// Makes a lot the truth: adds what is new, replaces what changed.
pub fn appliquer(tx: &mut WriteTx<'_>, lot: &str) -> DbResult<()> {
    // The names are compared before they are replaced.
    for sql in [RENOMMEES, APPLIQUER_BASSINS, APPLIQUER_COMMUNES] {
        diesel::sql_query(sql)
            .bind::<Text, _>(lot)
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// The cases of a commune that takes another name: their search words are written again by the watch. A call has none.
const RENOMMEES: &str = "INSERT INTO mot_a_refaire (dossier_id) SELECT d.id FROM commune_prepare p \
    JOIN commune c ON c.insee = p.insee AND c.nom_recherche <> p.nom_recherche \
    JOIN dossier d ON d.insee = c.insee AND d.nature IN ('demande', 'depart') \
    WHERE p.lot = $1 ON CONFLICT (dossier_id) DO NOTHING";

const APPLIQUER_BASSINS: &str = "INSERT INTO bassin (code, nom, nature, region_attribution, population, interregional) \
    SELECT code, nom, nature, region_attribution, population, interregional FROM bassin_prepare WHERE lot = $1 \
    ON CONFLICT (code) DO UPDATE SET nom = excluded.nom, nature = excluded.nature, \
    region_attribution = excluded.region_attribution, population = excluded.population, \
    interregional = excluded.interregional";

const APPLIQUER_COMMUNES: &str = "INSERT INTO commune (insee, nom, nom_recherche, nature, codes_postaux, departement, \
    region, population, bassin_code, caisse_code, caisse_methode, commune_parente, note) \
    SELECT insee, nom, nom_recherche, nature, codes_postaux, departement, \
    region, population, bassin_code, caisse_code, caisse_methode, commune_parente, note \
    FROM commune_prepare WHERE lot = $1 \
    ON CONFLICT (insee) DO UPDATE SET nom = excluded.nom, nom_recherche = excluded.nom_recherche, \
    nature = excluded.nature, codes_postaux = excluded.codes_postaux, departement = excluded.departement, \
    region = excluded.region, population = excluded.population, bassin_code = excluded.bassin_code, \
    caisse_code = excluded.caisse_code, caisse_methode = excluded.caisse_methode, \
    commune_parente = excluded.commune_parente, note = excluded.note";

/// Removes every lot: those applied, and those a crash left behind.
pub fn purger(tx: &mut WriteTx<'_>) -> DbResult<usize> {
    let communes = diesel::delete(commune_prepare::table).execute(&mut **tx)?;
    let bassins = diesel::delete(bassin_prepare::table).execute(&mut **tx)?;
    Ok(communes + bassins)
}
