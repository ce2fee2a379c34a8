//! REG-16: the places whose zone is no longer regulated, and what becomes of the requests about them.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};
use regles::demande::{EtatDemande, NatureDemande};

use super::schema::{demande, dossier};
use super::zonage::MASSEUR_KINESITHERAPEUTE;
use super::{AnyConn, DbResult, WriteTx, une_ligne};

// SQLite numbers `$n` in the order in which they appear.
const SQL: &str = "SELECT p.id AS id FROM place p JOIN dossier d ON d.id = p.id JOIN depart c ON c.id = p.id \
    JOIN commune co ON co.insee = d.insee JOIN bassin b ON b.code = co.bassin_code \
    WHERE p.id > $1 AND p.etat IN ('a_examiner', 'ouverte', 'a_attribuer') AND EXISTS (\
        SELECT 1 FROM arrete a \
        LEFT JOIN zonage_commune z ON z.arrete_id = a.id AND z.insee = co.insee \
        LEFT JOIN zonage_bassin y ON y.arrete_id = a.id AND y.bassin_code = COALESCE(z.bassin_code, co.bassin_code) \
        WHERE a.profession = $2 AND a.region = b.region_attribution AND a.etat = 'actif' AND a.date_effet <= $3 \
        AND (a.date_fin IS NULL OR a.date_fin > c.date_cessation) \
        AND COALESCE(z.categorie, CASE WHEN y.mixte THEN NULL ELSE y.categorie END) \
            NOT IN ('non_prioritaire', 'sur_dotee_av5')) \
    ORDER BY p.id LIMIT $4";

#[derive(QueryableByName)]
struct Ligne {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// The places still waiting, after the one given, whose commune an arrêté in effect since the cessation leaves out of
/// regulation: the rules then say of each whether it is without object.
pub fn places(conn: &mut AnyConn, apres: i64, jour: NaiveDate, limite: i64) -> DbResult<Vec<i64>> {
    let lignes: Vec<Ligne> = diesel::sql_query(SQL)
        .bind::<BigInt, _>(apres)
        .bind::<Text, _>(MASSEUR_KINESITHERAPEUTE)
        .bind::<Date, _>(jour)
        .bind::<BigInt, _>(limite)
        .load(conn)?;
    Ok(lignes.into_iter().map(|l| l.id).collect())
}

/// The requests on a place that are not decided, oldest first.
pub fn demandes(conn: &mut AnyConn, place_id: i64) -> DbResult<Vec<String>> {
    let attendent = [
        EtatDemande::Deposee,
        EtatDemande::Incomplete,
        EtatDemande::Complete,
        EtatDemande::Proposee,
    ];
    Ok(dossier::table
        .inner_join(demande::table)
        .filter(dossier::place_id.eq(place_id))
        .filter(dossier::etat.eq_any(attendent.map(EtatDemande::as_str)))
        .order(dossier::id)
        .select(dossier::numero)
        .load(conn)?)
}

/// Makes a request for a succession one that needs no place.
///
/// # Errors
/// [`super::DbError::Perime`] when its version is no longer `version`.
pub fn poursuivre(tx: &mut WriteTx<'_>, id: i64, version: i32) -> DbResult<()> {
    une_ligne(
        diesel::update(dossier::table)
            .filter(dossier::id.eq(id).and(dossier::version.eq(version)))
            .set((
                dossier::place_id.eq(None::<i64>),
                dossier::arrivee.eq(false),
                dossier::version.eq(version + 1),
            ))
            .execute(&mut **tx)?,
    )?;
    une_ligne(
        diesel::update(demande::table.find(id))
            .set(demande::nature.eq(NatureDemande::HorsRegulation))
            .execute(&mut **tx)?,
    )
}
