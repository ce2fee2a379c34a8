//! Which appeals there are, around a case, a place, a person; and those that a day changes.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::contestation::{Contestee, EtatRecours, Issue};
use regles::decision::ModeNotification;
use regles::echeance::NatureEcheance;

use crate::condition::{ECHEANCE_EN_COURS, RECOURS_OUVERT};
use crate::ensemble::{Lecture, lecture};
use crate::envoi::{self, Envoi};
use crate::schema::{dossier, echeance, envoi as envois_table, kine, recours};
use crate::{AnyConn, DbResult};

/// An appeal, in one line.
#[derive(Debug, Clone, Queryable)]
pub struct Bref {
    /// Identifier.
    pub id: i64,
    /// Number.
    pub numero: String,
    /// The CPAM.
    pub caisse_code: String,
    /// What is contested.
    pub contestee: Contestee,
    /// Where it stands.
    pub etat: EtatRecours,
    /// How its last step ended.
    pub issue: Option<Issue>,
    /// Day the caisse received it.
    pub recu_le: NaiveDate,
    /// Last day of the commission to answer.
    pub repondre_avant: NaiveDate,
    /// Day its answer was notified.
    pub notifiee_le: Option<NaiveDate>,
    /// The case contested.
    pub conteste_id: i64,
    /// First name and name of who appeals.
    pub personne: (String, String),
}

macro_rules! brefs {
    () => {
        recours::table
            .inner_join(dossier::table.on(dossier::id.eq(recours::id)))
            .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
            .select((
                recours::id,
                dossier::numero,
                dossier::caisse_code,
                recours::contestee,
                dossier::etat,
                recours::issue,
                recours::recu_le,
                recours::repondre_avant,
                recours::notifiee_le,
                recours::conteste_id,
                (kine::prenom, kine::nom),
            ))
    };
}

/// The appeals against a case, newest first.
pub fn lecture_contre(conteste_id: i64) -> impl Lecture<Ligne = Bref> {
    lecture(
        brefs!()
            .filter(recours::conteste_id.eq(conteste_id))
            .order(recours::id.desc()),
    )
}

/// The same, alone.
pub fn contre(conn: &mut AnyConn, conteste_id: i64) -> DbResult<Vec<Bref>> {
    lecture_contre(conteste_id).toutes(conn)
}

/// The appeals under way on a place: it is not granted silently.
pub fn sur_la_place(conn: &mut AnyConn, place_id: i64) -> DbResult<Vec<Bref>> {
    Ok(brefs!()
        .filter(dossier::place_id.eq(place_id))
        .filter(RECOURS_OUVERT)
        .load(conn)?)
}

/// The appeals of a practitioner, newest first, at most fifty.
pub fn de_kine(conn: &mut AnyConn, kine_id: i64) -> DbResult<Vec<Bref>> {
    Ok(brefs!()
        .filter(dossier::kine_id.eq(kine_id))
        .filter(crate::condition::RECOURS)
        .order(recours::id.desc())
        .limit(50)
        .load(conn)?)
}

/// How the answer to an appeal was sent, oldest first.
pub fn envois(conn: &mut AnyConn, recours_id: i64) -> DbResult<Vec<Envoi>> {
    envoi::lecture_du_dossier(recours_id).toutes(conn)
}

/// The appeals after an identifier that the commission left without an answer in time, in order.
pub fn silences_echus(
    conn: &mut AnyConn,
    apres: i64,
    jour: NaiveDate,
    lignes: i64,
) -> DbResult<Vec<i64>> {
    Ok(echeance::table
        .filter(echeance::dossier_id.gt(apres))
        .filter(ECHEANCE_EN_COURS)
        .filter(echeance::nature.eq(NatureEcheance::ReponseCra))
        .filter(echeance::finale.lt(jour))
        .order(echeance::dossier_id)
        .limit(lignes)
        .select(echeance::dossier_id)
        .load(conn)?)
}

/// The appeals after an identifier whose answer waits in the portal past its last day, in order.
pub fn documents_echus(
    conn: &mut AnyConn,
    apres: i64,
    jour: NaiveDate,
    lignes: i64,
) -> DbResult<Vec<i64>> {
    Ok(envois_table::table
        .inner_join(recours::table.on(recours::id.eq(envois_table::dossier_id)))
        .filter(recours::notifiee_le.is_null())
        .filter(envois_table::moyen.eq(ModeNotification::Portail))
        .filter(envois_table::notifiee_le.is_null())
        .filter(envois_table::terme.lt(jour))
        .filter(envois_table::dossier_id.gt(apres))
        .order(envois_table::dossier_id)
        .limit(lignes)
        .select(envois_table::dossier_id)
        .load(conn)?)
}
