//! What the home of a practitioner reads: who she is, what is hers, what hangs on it.

use std::cmp::Reverse;

use chrono::NaiveDate;
use regles::demande::EtatDemande;
use regles::depart::EtatDepart;
use regles::designation::EtatDesignation;

use super::reductions;
use crate::db::brouillon::{self, Brouillon};
use crate::db::candidature::{self, Candidature};
use crate::db::demande::{self, Demande};
use crate::db::depart::{self, Depart};
use crate::db::designation::{self, Designation, DesignationComplete};
use crate::db::echeance::{self, EcheanceStockee};
use crate::db::ensemble::Lectures;
use crate::db::envoi::{self, EnChemin};
use crate::db::message::{self, NonLu};
use crate::db::piece::{self, PieceEnBref};
use crate::db::place::{self, Place};
use crate::db::reduction::{self, Citee};
use crate::db::{AnyConn, DbError, DbResult, kine};

/// All that the page shows, in three statements: who she is; what is hers; what hangs on it.
pub(super) struct Lu {
    pub(super) brouillons: Vec<Brouillon>,
    pub(super) non_lus: Vec<NonLu>,
    pub(super) departs: Vec<(Depart, String)>,
    pub(super) places: Vec<Place>,
    pub(super) actives: Vec<Designation>,
    pub(super) recues: Vec<DesignationComplete>,
    pub(super) demandes: Vec<(Demande, String)>,
    pub(super) echeances: Vec<EcheanceStockee>,
    pub(super) pieces: Vec<PieceEnBref>,
    pub(super) reductions: (Vec<Citee>, Vec<EcheanceStockee>),
    /// PRO-8: requests whose decision waits to be opened, with the last day to open it.
    pub(super) envois: Vec<EnChemin>,
    /// REG-12: applications, with the zone and the last day of their call.
    pub(super) candidatures: Vec<(Candidature, String, NaiveDate)>,
}

pub(super) fn lire(conn: &mut AnyConn, kine_id: i64) -> DbResult<Lu> {
    let moi = kine::par_id(conn, kine_id)?.ok_or(DbError::Introuvable)?;
    let (
        mut departs,
        mut demandes,
        mut recues,
        mut citees,
        mut brouillons,
        mut non_lus,
        mut candidatures,
    ) = (
        depart::lecture_de_kine(kine_id),
        demande::lecture_de_kine(kine_id),
        designation::lecture_pour_rpps(moi.rpps.clone()),
        reduction::lecture_citant(moi.rpps),
        brouillon::lecture_de_compte(moi.compte_id.ok_or(DbError::Introuvable)?),
        message::lecture_non_lus_de_kine(kine_id),
        candidature::lecture_de_kine(kine_id),
    )
        .ensemble(conn)?;
    departs.sort_by_key(|(c, _)| Reverse(c.id));
    demandes.sort_by_key(|(d, _)| Reverse(d.id));
    recues.sort_by_key(|d| Reverse(d.designation.id));
    sans_redites(&mut recues);
    candidatures.sort_by_key(|(c, ..)| Reverse(c.id));
    citees.sort_by_key(|c| c.demande_id);
    brouillons.sort_by_key(|b| Reverse((b.modifie_le, b.id)));
    non_lus.sort_by_key(|m| m.id);
    // A place shares the identifier of its departure.
    let ids: Vec<i64> = departs.iter().map(|(c, _)| c.id).collect();
    let mut siens: Vec<i64> = demandes.iter().map(|(d, _)| d.id).collect();
    siens.extend(avec_attributions(ids.clone(), &recues));
    let cites = citees.iter().map(|c| c.demande_id);
    let ouvertes = demandes
        .iter()
        .filter(|(d, _)| {
            // A granted request still waits for a proof of the installation (REG-9).
            d.etat == EtatDemande::Accordee || (d.etat.en_cours() && !d.etat.consomme())
        })
        .map(|(d, _)| d.id);
    let declarees = departs
        .iter()
        .filter(|(c, _)| c.etat == EtatDepart::Declaree)
        .map(|(c, _)| c.id);
    // A document waits before a decision too: the reasons of a silence.
    let attendent = demandes
        .iter()
        .filter(|(d, _)| d.notifiee_le.is_none())
        .map(|(d, _)| d.id);
    let (mut places, actives, mut echeances, mut pieces, envois) = (
        place::lecture_de_departs(ids.clone()),
        designation::lecture_actives(ids.clone()),
        echeance::lecture_en_cours(siens.iter().copied().chain(cites).collect()),
        piece::lecture_etats(ouvertes.chain(declarees).collect()),
        envoi::lecture_en_chemin(attendent.collect()),
    )
        .ensemble(conn)?;
    places.sort_by_key(|p| p.id);
    pieces.sort_by_key(|p| p.id);
    echeances.sort_by_key(|e| (e.finale, e.id));
    let des_reductions = reductions::echeances(&citees, &echeances);
    // A departure that opened no place waits for nothing here.
    let sans_place = |id: &i64| ids.contains(id) && places.iter().all(|p| p.id != *id);
    siens.retain(|id| !sans_place(id));
    echeances.retain(|e| siens.contains(&e.dossier_id));
    Ok(Lu {
        brouillons,
        non_lus,
        reductions: (citees, des_reductions),
        pieces,
        departs,
        places,
        actives,
        recues,
        demandes,
        echeances,
        envois,
        candidatures,
    })
}

/// Of the designations of one place, newest first, the latest counts: the others were made again.
fn sans_redites(recues: &mut Vec<DesignationComplete>) {
    let mut vues = Vec::new();
    recues.retain(|d| {
        let nouvelle = !vues.contains(&d.designation.place_id);
        vues.push(d.designation.place_id);
        nouvelle
    });
}

/// REG-12: the places of one's departures, and those that a CPAM attributed.
pub(super) fn avec_attributions(mut places: Vec<i64>, recues: &[DesignationComplete]) -> Vec<i64> {
    places.extend(
        recues
            .iter()
            .filter(|d| attribuee(d))
            .map(|d| d.designation.place_id),
    );
    places
}

fn attribuee(d: &DesignationComplete) -> bool {
    d.designation.etat == EtatDesignation::Acceptee && d.designation.candidature_id.is_some()
}

impl Lu {
    /// REG-12: the deadline to file after an attribution.
    pub(super) fn depot_attendu(&self, d: &DesignationComplete) -> Option<&EcheanceStockee> {
        self.echeances.iter().find(|e| {
            e.nature.du_gagnant() && e.dossier_id == d.designation.place_id && attribuee(d)
        })
    }
}

pub(super) fn place_de<'a>(lu: &'a Lu, c: &Depart) -> Option<&'a Place> {
    lu.places.iter().find(|p| p.depart_id == c.id)
}

pub(super) fn active_de<'a>(lu: &'a Lu, place: Option<&Place>) -> Option<&'a Designation> {
    let place = place?;
    lu.actives.iter().find(|d| d.place_id == place.id)
}
