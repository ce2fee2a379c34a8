//! Finds departures by the name or the RPPS of who leaves, by commune or postcode, by the same steps as requests.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::depart::EtatDepart;
use regles::mots;

use super::{Saisie, TROUVEES_MAX};
use crate::condition::{DEPARTS, MOTS_DE_DEPARTS, Visible, parmi};
use crate::schema::{commune, depart, dossier, dossier_mot, kine};
use crate::{AnyConn, CpamScope, DbResult, commune as communes, mots as index};

/// A departure found.
#[derive(Debug, Clone, Queryable)]
pub struct DepartTrouve {
    /// Identifier.
    pub id: i64,
    /// Where it stands.
    pub etat: EtatDepart,
    /// Day of the cessation.
    pub date: NaiveDate,
    /// First name of who leaves.
    pub prenom: String,
    /// Name of who leaves.
    pub nom: String,
    /// RPPS of who leaves.
    pub rpps: String,
    /// Commune left.
    pub commune: String,
}

/// The departures found, the closest first, at most [`TROUVEES_MAX`]; and what was searched instead of what was typed,
/// when nothing matched it.
pub fn departs(
    conn: &mut AnyConn,
    scope: &CpamScope,
    texte: &str,
) -> DbResult<(Vec<DepartTrouve>, Option<String>)> {
    if matches!(scope, CpamScope::Kine(_)) {
        return Ok((Vec::new(), None));
    }
    let cherches = match Saisie::lire(texte) {
        None => return Ok((Vec::new(), None)),
        Some(Saisie::Numero(numero)) => {
            let ids = par_rpps(conn, scope, &numero)?;
            return Ok((montrer(conn, ids)?, None));
        }
        Some(Saisie::Code(code)) => {
            let ids = par_code(conn, scope, &code)?;
            return Ok((montrer(conn, ids)?, None));
        }
        Some(Saisie::Mots(mots)) => mots,
    };
    let ids = par_mots(conn, scope, &cherches)?;
    if !ids.is_empty() {
        return Ok((montrer(conn, ids)?, None));
    }
    // One typing error in one word: the known words around it are tried in its place.
    for (rang, mot) in cherches.iter().enumerate() {
        for voisin in index::voisins(conn, mot)? {
            let mut essai = cherches.clone();
            essai[rang] = voisin;
            let ids = par_mots(conn, scope, &essai)?;
            if !ids.is_empty() {
                return Ok((montrer(conn, ids)?, Some(essai.join(" "))));
            }
        }
    }
    Ok((Vec::new(), None))
}

fn par_rpps(conn: &mut AnyConn, scope: &CpamScope, rpps: &str) -> DbResult<Vec<i64>> {
    Ok(dossier::table
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .filter(kine::rpps.eq(rpps.to_owned()))
        .filter(DEPARTS)
        .filter(Visible(scope.clone()))
        .order(dossier::id.desc())
        .limit(TROUVEES_MAX)
        .select(dossier::id)
        .load(conn)?)
}

fn par_code(conn: &mut AnyConn, scope: &CpamScope, code: &str) -> DbResult<Vec<i64>> {
    let lieux = communes::de_code(conn, code)?;
    Ok(dossier::table
        .filter(parmi(dossier::insee, lieux))
        .filter(DEPARTS)
        .filter(Visible(scope.clone()))
        .order(dossier::id.desc())
        .limit(TROUVEES_MAX)
        .select(dossier::id)
        .load(conn)?)
}

/// The longest word leads the walk of the index; the others are looked up for each departure it meets.
fn par_mots(conn: &mut AnyConn, scope: &CpamScope, cherches: &[String]) -> DbResult<Vec<i64>> {
    let Some(meneur) = cherches.iter().max_by_key(|m| m.chars().count()) else {
        return Ok(Vec::new());
    };
    let mut requete = dossier_mot::table
        .filter(MOTS_DE_DEPARTS)
        .select(dossier_mot::dossier_id)
        .filter(dossier_mot::mot.ge(meneur.clone()))
        .filter(dossier_mot::mot.lt(mots::apres(meneur)))
        .order((dossier_mot::mot, dossier_mot::dossier_id))
        // A name has several words that begin so: room for those counted twice.
        .limit(4 * TROUVEES_MAX)
        .into_boxed();
    requete = match scope {
        CpamScope::National => requete,
        CpamScope::Caisse(code) => requete.filter(dossier_mot::caisse_code.eq(code.clone())),
        CpamScope::Region(code) => {
            requete.filter(dossier_mot::caisse_code.eq_any(crate::caisse::de_region(code)))
        }
        CpamScope::Zone(_) | CpamScope::Kine(_) => return Ok(Vec::new()),
    };
    for mot in cherches.iter().filter(|m| *m != meneur) {
        let autre = diesel::alias!(dossier_mot as autre);
        let trouve = autre
            .filter(
                autre
                    .field(dossier_mot::dossier_id)
                    .eq(dossier_mot::dossier_id),
            )
            .filter(autre.field(dossier_mot::mot).ge(mot.clone()))
            .filter(autre.field(dossier_mot::mot).lt(mots::apres(mot)));
        requete = requete.filter(diesel::dsl::exists(trouve));
    }
    let mut ids: Vec<i64> = Vec::new();
    for id in requete.load::<i64>(conn)? {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.truncate(usize::try_from(TROUVEES_MAX).unwrap_or(25));
    Ok(ids)
}

/// Reads these departures, in this order.
fn montrer(conn: &mut AnyConn, ids: Vec<i64>) -> DbResult<Vec<DepartTrouve>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut departs: Vec<DepartTrouve> = depart::table
        .inner_join(dossier::table)
        .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
        .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
        .filter(parmi(depart::id, ids.as_slice()))
        .select((
            depart::id,
            dossier::etat,
            depart::date_cessation,
            kine::prenom,
            kine::nom,
            kine::rpps,
            commune::nom,
        ))
        .load(conn)?;
    departs.sort_by_key(|d| ids.iter().position(|id| *id == d.id));
    Ok(departs)
}
