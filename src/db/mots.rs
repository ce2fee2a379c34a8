//! The search index: the folded words of each file, and each word less one letter. Filled when a file is written.

use diesel::prelude::*;
use regles::mots;

use super::schema::{
    cessation, commune, demande, depart_a_refaire, depart_mot, dossier_mot, index_a_refaire, kine,
    mot_variante,
};
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

/// Writes the words of a request again: name of the applicant, commune, and the key of the address.
///
/// # Errors
/// The refusal of the database.
pub fn indexer(tx: &mut WriteTx<'_>, demande_id: i64) -> DbResult<()> {
    let (organisme, nom, lieu, insee, adresse): (String, String, String, String, String) =
        demande::table
            .inner_join(kine::table)
            .inner_join(commune::table)
            .filter(demande::id.eq(demande_id))
            .select((
                demande::organisme_code,
                kine::nom_recherche,
                commune::nom_recherche,
                demande::insee,
                demande::adresse,
            ))
            .first(&mut **tx)?;
    let connus = mots::mots(&format!("{nom} {lieu}"));
    diesel::delete(dossier_mot::table.filter(dossier_mot::demande_id.eq(demande_id)))
        .execute(&mut **tx)?;
    let lignes: Vec<_> = connus
        .iter()
        .cloned()
        .chain(mots::cle_adresse(&insee, &adresse))
        .map(|mot| {
            (
                dossier_mot::organisme_code.eq(organisme.clone()),
                dossier_mot::mot.eq(mot),
                dossier_mot::demande_id.eq(demande_id),
            )
        })
        .collect();
    per_backend!(&mut **tx, conn => diesel::insert_into(dossier_mot::table).values(&lignes).execute(conn)?);
    for mot in &connus {
        apprendre(tx, mot)?;
    }
    Ok(())
}

/// Writes the words of a departure again: name of who leaves, commune.
///
/// # Errors
/// The refusal of the database.
pub fn indexer_depart(tx: &mut WriteTx<'_>, cessation_id: i64) -> DbResult<()> {
    let (organisme, nom, lieu): (String, String, String) = cessation::table
        .inner_join(kine::table)
        .inner_join(commune::table)
        .filter(cessation::id.eq(cessation_id))
        .select((
            cessation::organisme_code,
            kine::nom_recherche,
            commune::nom_recherche,
        ))
        .first(&mut **tx)?;
    let connus = mots::mots(&format!("{nom} {lieu}"));
    diesel::delete(depart_mot::table.filter(depart_mot::cessation_id.eq(cessation_id)))
        .execute(&mut **tx)?;
    let lignes: Vec<_> = connus
        .iter()
        .map(|mot| {
            (
                depart_mot::organisme_code.eq(organisme.clone()),
                depart_mot::mot.eq(mot),
                depart_mot::cessation_id.eq(cessation_id),
            )
        })
        .collect();
    per_backend!(&mut **tx, conn => diesel::insert_into(depart_mot::table).values(&lignes).execute(conn)?);
    for mot in &connus {
        apprendre(tx, mot)?;
    }
    Ok(())
}

/// Whether words wait to be written again.
///
/// # Errors
/// The refusal of the database.
pub fn attend(conn: &mut AnyConn) -> DbResult<bool> {
    let dossiers = diesel::dsl::exists(index_a_refaire::table.select(index_a_refaire::demande_id));
    let departs =
        diesel::dsl::exists(depart_a_refaire::table.select(depart_a_refaire::cessation_id));
    Ok(diesel::select(dossiers.or(departs)).get_result(conn)?)
}

/// Writes again the words of at most `limite` requests and as many departures that wait for it, and returns how many
/// were.
///
/// # Errors
/// The refusal of the database.
pub fn refaire(tx: &mut WriteTx<'_>, limite: i64) -> DbResult<usize> {
    let attendent: Vec<i64> = index_a_refaire::table
        .order(index_a_refaire::demande_id)
        .limit(limite)
        .select(index_a_refaire::demande_id)
        .load(&mut **tx)?;
    for id in &attendent {
        indexer(tx, *id)?;
    }
    diesel::delete(index_a_refaire::table.filter(index_a_refaire::demande_id.eq_any(&attendent)))
        .execute(&mut **tx)?;
    let departs: Vec<i64> = depart_a_refaire::table
        .order(depart_a_refaire::cessation_id)
        .limit(limite)
        .select(depart_a_refaire::cessation_id)
        .load(&mut **tx)?;
    for id in &departs {
        indexer_depart(tx, *id)?;
    }
    diesel::delete(depart_a_refaire::table.filter(depart_a_refaire::cessation_id.eq_any(&departs)))
        .execute(&mut **tx)?;
    Ok(attendent.len() + departs.len())
}

/// Notes the variants of a word, unless it is known.
fn apprendre(tx: &mut WriteTx<'_>, mot: &str) -> DbResult<()> {
    let variantes = mots::variantes(mot);
    if variantes.is_empty() || est_connu(tx, mot)? {
        return Ok(());
    }
    let lignes: Vec<_> = variantes
        .into_iter()
        .map(|v| (mot_variante::variante.eq(v), mot_variante::mot.eq(mot)))
        .collect();
    // Two people may learn one word at the same instant.
    per_backend!(&mut **tx, conn => diesel::insert_into(mot_variante::table)
        .values(&lignes)
        .on_conflict_do_nothing()
        .execute(conn)?);
    Ok(())
}

fn est_connu(conn: &mut AnyConn, mot: &str) -> DbResult<bool> {
    Ok(
        diesel::select(diesel::dsl::exists(mot_variante::table.find((mot, mot))))
            .get_result(conn)?,
    )
}

/// The known words one typing error away from this one, at most twenty.
///
/// # Errors
/// The refusal of the database.
pub fn voisins(conn: &mut AnyConn, mot: &str) -> DbResult<Vec<String>> {
    let variantes = mots::variantes(mot);
    if variantes.is_empty() {
        return Ok(Vec::new());
    }
    let candidats: Vec<String> = mot_variante::table
        .filter(mot_variante::variante.eq_any(variantes))
        .select(mot_variante::mot)
        .distinct()
        .order(mot_variante::mot)
        .limit(200)
        .load(conn)?;
    Ok(candidats
        .into_iter()
        .filter(|c| c != mot && mots::proches(c, mot))
        .take(20)
        .collect())
}
