//! The search index: the folded words of each file, and each word less one letter. Filled when a file is written.

use diesel::prelude::*;
use regles::mots;

use super::condition::parmi;
use super::schema::{commune, demande, dossier, dossier_mot, kine, mot_a_refaire, mot_variante};
use super::{AnyConn, DbResult, WriteTx};
use crate::per_backend;

/// Writes the words of a case again: name of the practitioner, commune, and for a request the key of the address.
///
/// # Errors
/// [`super::DbError::Introuvable`] when there is no such case.
pub fn indexer(tx: &mut WriteTx<'_>, dossier_id: i64) -> DbResult<()> {
    type Lue = (
        String,
        String,
        String,
        String,
        Option<String>,
        Option<String>,
    );
    let (caisse, nature, insee, lieu, nom, adresse): Lue = dossier::table
        .inner_join(commune::table)
        .left_join(kine::table)
        .left_join(demande::table)
        .filter(dossier::id.eq(dossier_id))
        .select((
            dossier::caisse_code,
            dossier::nature,
            dossier::insee,
            commune::nom_recherche,
            kine::nom_recherche.nullable(),
            demande::adresse.nullable(),
        ))
        .first(&mut **tx)?;
    let connus = mots::mots(&match nom {
        Some(nom) => format!("{nom} {lieu}"),
        None => lieu,
    });
    diesel::delete(dossier_mot::table.filter(dossier_mot::dossier_id.eq(dossier_id)))
        .execute(&mut **tx)?;
    let lignes: Vec<_> = connus
        .iter()
        .cloned()
        .chain(adresse.and_then(|adresse| mots::cle_adresse(&insee, &adresse)))
        .map(|mot| {
            (
                dossier_mot::caisse_code.eq(caisse.clone()),
                dossier_mot::mot.eq(mot),
                dossier_mot::dossier_id.eq(dossier_id),
                dossier_mot::nature.eq(nature.clone()),
            )
        })
        .collect();
    per_backend!(&mut **tx, conn => diesel::insert_into(dossier_mot::table).values(&lignes).execute(conn)?);
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
    let attendent = diesel::dsl::exists(mot_a_refaire::table.select(mot_a_refaire::dossier_id));
    Ok(diesel::select(attendent).get_result(conn)?)
}

/// Writes again the words of at most `limite` cases that wait for it, and returns how many were.
///
/// # Errors
/// The refusal of the database.
pub fn refaire(tx: &mut WriteTx<'_>, limite: i64) -> DbResult<usize> {
    let attendent: Vec<i64> = mot_a_refaire::table
        .order(mot_a_refaire::dossier_id)
        .limit(limite)
        .select(mot_a_refaire::dossier_id)
        .load(&mut **tx)?;
    for id in &attendent {
        indexer(tx, *id)?;
    }
    diesel::delete(
        mot_a_refaire::table.filter(parmi(mot_a_refaire::dossier_id, attendent.clone())),
    )
    .execute(&mut **tx)?;
    Ok(attendent.len())
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
