//! What is new for whom: which case, since when, and whether she read it. What happened is read from the events.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::upsert::excluded;
use regles::dossier::NatureDossier;
use regles::droits::Role;
use regles::evenement::nouveaute::{Destine, destines};

use super::chaine::{EnAttente, LIGNES_PAR_ORDRE};
use super::condition::Visible;
use super::schema::{commune, compte, decision, dossier, kine, mandat, nouveaute};
use super::{AnyConn, CpamScope, DbResult, WriteTx, absence};
use crate::per_backend;

/// What happened on one case in one act, for those to whom it is news.
struct Arrivee {
    destines: Vec<Destine>,
    auteurs: BTreeSet<i64>,
    le: NaiveDateTime,
}

#[derive(Insertable)]
#[diesel(table_name = nouveaute, treat_none_as_default_value = false)]
struct Ligne {
    compte_id: i64,
    dossier_id: i64,
    caisse_code: Option<String>,
    depuis: NaiveDateTime,
    dernier: NaiveDateTime,
}

/// Tells those concerned by what is about to be written that something is new; who did it is not told.
pub(super) fn signaler(conn: &mut AnyConn, attente: &[EnAttente]) -> DbResult<()> {
    let mut arrivees: BTreeMap<i64, Arrivee> = BTreeMap::new();
    for e in attente {
        let (Some(dossier_id), destines) = (e.dossier_id, destines(e.code)) else {
            continue;
        };
        if destines.is_empty() {
            continue;
        }
        let arrivee = arrivees.entry(dossier_id).or_insert_with(|| Arrivee {
            destines: Vec::new(),
            auteurs: BTreeSet::new(),
            le: e.scellee.le,
        });
        arrivee.destines.extend(destines);
        arrivee.auteurs.extend(e.acteur_id);
    }
    let mut lignes = Vec::new();
    for (dossier_id, arrivee) in arrivees {
        lignes.extend(pour(conn, dossier_id, &arrivee)?);
    }
    // In one order: two acts never wait for each other.
    lignes.sort_by_key(|l| (l.compte_id, l.dossier_id));
    for lot in lignes.chunks(LIGNES_PAR_ORDRE) {
        per_backend!(&mut *conn, c => diesel::insert_into(nouveaute::table)
        .values(lot)
        .on_conflict((nouveaute::compte_id, nouveaute::dossier_id))
        .do_update()
        .set((
            nouveaute::depuis.eq(case_when(nouveaute::lue_le.is_null(), nouveaute::depuis)
                .otherwise(excluded(nouveaute::depuis))),
            nouveaute::caisse_code.eq(excluded(nouveaute::caisse_code)),
            nouveaute::dernier.eq(excluded(nouveaute::dernier)),
            nouveaute::lue_le.eq(None::<NaiveDateTime>),
        ))
        .execute(c)?);
    }
    Ok(())
}

/// Whom it is news to, each once.
fn pour(conn: &mut AnyConn, dossier_id: i64, arrivee: &Arrivee) -> DbResult<Vec<Ligne>> {
    let (caisse, porteur, praticien): (String, Option<i64>, Option<i64>) = dossier::table
        .left_join(kine::table)
        .filter(dossier::id.eq(dossier_id))
        .select((
            dossier::caisse_code,
            dossier::assigne_a,
            kine::compte_id.nullable(),
        ))
        .first(conn)?;
    // The day in UTC: absences and mandates are of whole days, and who is told at midnight may be told twice.
    let jour = arrivee.le.date();
    let dit = |d| arrivee.destines.contains(&d);
    let mut agents = BTreeSet::new();
    if let Some(porteur) = porteur.filter(|_| dit(Destine::Porteur)) {
        agents.insert(porteur);
        agents.extend(absence::remplacant(conn, &caisse, porteur, jour)?);
    }
    if dit(Destine::Auteur) {
        agents.extend(
            decision::table
                .filter(decision::dossier_id.eq(dossier_id))
                .order(decision::id.desc())
                .select(decision::proposee_par)
                .first::<i64>(conn)
                .optional()?,
        );
    }
    for (destine, role) in [
        (Destine::Signataires, Role::Signataire),
        (Destine::Secretaire, Role::SecretaireCpd),
    ] {
        if dit(destine) {
            let comptes: Vec<i64> = mandat::table
                .inner_join(compte::table)
                .filter(mandat::caisse_code.eq(&caisse))
                .filter(mandat::role.eq(role))
                .filter(mandat::du.le(jour))
                .filter(mandat::au.is_null().or(mandat::au.ge(jour)))
                .filter(compte::actif.eq(true))
                .select(mandat::compte_id)
                .load(conn)?;
            agents.extend(comptes);
        }
    }
    let praticien = praticien.filter(|_| dit(Destine::Praticien));
    let agents = agents
        .into_iter()
        .filter(|a| praticien != Some(*a))
        .map(|a| (a, Some(caisse.clone())));
    let tous = praticien.map(|p| (p, None)).into_iter().chain(agents);
    Ok(tous
        .filter(|(compte_id, _)| !arrivee.auteurs.contains(compte_id))
        .map(|(compte_id, caisse_code)| Ligne {
            compte_id,
            dossier_id,
            caisse_code,
            depuis: arrivee.le,
            dernier: arrivee.le,
        })
        .collect())
}

/// A case with something new for somebody, or that had.
#[derive(Debug, Clone, Queryable)]
pub struct Nouveaute {
    /// The case.
    pub dossier_id: i64,
    /// What it is about.
    pub nature: NatureDossier,
    /// Its number.
    pub numero: String,
    /// Its commune.
    pub commune: String,
    /// First name of the practitioner; none for a call.
    pub prenom: Option<String>,
    /// Name of the practitioner.
    pub nom: Option<String>,
    /// Since when it is new (UTC).
    pub depuis: NaiveDateTime,
    /// When the last thing happened (UTC).
    pub dernier: NaiveDateTime,
    /// When she read it (UTC).
    pub lue_le: Option<NaiveDateTime>,
}

/// Cases of the scope with something new for this account, or that had, the latest first, before one; at most `limite`.
pub fn liste(
    conn: &mut AnyConn,
    scope: &CpamScope,
    compte_id: i64,
    avant: Option<(NaiveDateTime, i64)>,
    limite: i64,
) -> DbResult<Vec<Nouveaute>> {
    let mut requete = nouveaute::table
        .inner_join(dossier::table)
        .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
        .left_join(kine::table.on(dossier::kine_id.eq(kine::id.nullable())))
        .filter(nouveaute::compte_id.eq(compte_id))
        .filter(Visible(scope.clone()))
        .order((nouveaute::dernier.desc(), nouveaute::dossier_id.desc()))
        .limit(limite)
        .select((
            dossier::id,
            dossier::nature,
            dossier::numero,
            commune::nom,
            kine::prenom.nullable(),
            kine::nom.nullable(),
            nouveaute::depuis,
            nouveaute::dernier,
            nouveaute::lue_le,
        ))
        .into_boxed();
    if let Some((dernier, dossier_id)) = avant {
        requete = requete.filter(
            nouveaute::dernier.lt(dernier).or(nouveaute::dernier
                .eq(dernier)
                .and(nouveaute::dossier_id.lt(dossier_id))),
        );
    }
    Ok(requete.load(conn)?)
}

/// Notes that this account read what was new until an instant, on one case or on all.
pub fn lire(
    tx: &mut WriteTx<'_>,
    compte_id: i64,
    dossier_id: Option<i64>,
    jusqua: NaiveDateTime,
) -> DbResult<()> {
    let a_lire = diesel::update(nouveaute::table)
        .filter(nouveaute::compte_id.eq(compte_id))
        .filter(nouveaute::lue_le.is_null())
        .filter(nouveaute::dernier.le(jusqua))
        .set(nouveaute::lue_le.eq(jusqua));
    match dossier_id {
        Some(id) => a_lire
            .filter(nouveaute::dossier_id.eq(id))
            .execute(&mut **tx)?,
        None => a_lire.execute(&mut **tx)?,
    };
    Ok(())
}

/// Forgets what was new on a case for the agents of the caisse that it leaves.
pub fn oublier(tx: &mut WriteTx<'_>, dossier_id: i64) -> DbResult<()> {
    diesel::delete(nouveaute::table)
        .filter(nouveaute::dossier_id.eq(dossier_id))
        .filter(nouveaute::caisse_code.is_not_null())
        .execute(&mut **tx)?;
    Ok(())
}
