//! What is around a file: other requests of the same person, on the same place, at the same door; her departures.

use std::cmp::Reverse;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use regles::demande::{EtatDemande, NatureDemande};
use regles::mots::{self, fold};
use regles::notification::Chemin;

use super::condition::{DEMANDES, EnToutesLettres, MOTS_DE_DEMANDES, Visible};
use super::demande::Demande;
use super::ensemble::{Lecture, Lectures, lecture};
use super::envoi::{self, EnChemin};
use super::etiquette::{self, Etiquette};
use super::file_comptes::{self, Agent};
use super::premieres::premieres;
use super::schema::{commune, demande, depart, dossier, dossier_mot, kine};
use super::{AnyConn, CpamScope, DbResult};

/// At most this many of each.
pub const VOISINES_MAX: i64 = 10;

/// What makes another file related.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lien {
    /// The same applicant.
    Personne,
    /// The same place: another successor.
    Place,
    /// The same address of practice.
    Cabinet,
}

/// A file around another.
#[derive(Debug, Clone, Queryable)]
pub struct Voisine {
    /// Identifier.
    pub id: i64,
    /// Number.
    pub numero: String,
    /// What it rests on.
    pub nature: NatureDemande,
    /// Where it stands.
    pub etat: EtatDemande,
    /// When it was filed (UTC).
    pub deposee_le: NaiveDateTime,
    /// Zone of practice.
    pub bassin_code: String,
    /// First name of the applicant.
    pub prenom: String,
    /// Name of the applicant.
    pub nom: String,
    /// Commune of practice.
    pub commune: String,
}

/// A departure of the applicant herself.
#[derive(Debug, Clone, Queryable)]
pub struct DepartVoisin {
    /// Identifier.
    pub id: i64,
    /// Day of the cessation.
    pub date_cessation: NaiveDate,
    /// Commune.
    pub commune: String,
}

/// The labels and the agents of the CPAM, and what is around a request.
pub struct Voisinage {
    /// The labels of the CPAM, by name.
    pub etiquettes: Vec<Etiquette>,
    /// Those who may handle its files, by name.
    pub agents: Vec<Agent>,
    /// The files related to the request, each with what relates it first; of each kind the latest first.
    pub demandes: Vec<(Lien, Voisine)>,
    /// The departures that the applicant declared herself and that still hold, the latest first.
    pub departs: Vec<DepartVoisin>,
    /// PRO-8: where its decision is, until it is notified.
    pub chemin: Chemin,
}

/// The requests of the scope, among those of a table that joins the trunk, without this one, in an order.
macro_rules! voisines {
    ($scope:expr, $sauf:expr, $parmi:expr, $ordre:expr) => {
        lecture(premieres(
            $parmi
                .inner_join(demande::table.on(demande::id.eq(dossier::id)))
                .inner_join(kine::table.on(kine::id.nullable().eq(dossier::kine_id)))
                .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
                .filter(DEMANDES)
                .filter(Visible($scope.clone()))
                .filter(dossier::id.ne($sauf))
                .order($ordre)
                .select((
                    dossier::id,
                    dossier::numero,
                    demande::nature,
                    dossier::etat,
                    dossier::depose_le,
                    dossier::bassin_code,
                    kine::prenom,
                    kine::nom,
                    commune::nom,
                )),
            VOISINES_MAX,
        ))
    };
}

fn de_la_personne(scope: &CpamScope, d: &Demande) -> impl Lecture<Ligne = Voisine> + use<> {
    let siens = dossier::table.filter(dossier::kine_id.eq(d.kine_id));
    voisines!(scope, d.id, siens, dossier::id.desc())
}

fn de_la_place(scope: &CpamScope, d: &Demande) -> impl Lecture<Ligne = Voisine> + use<> {
    let rivales = dossier::table.filter(dossier::place_id.eq(d.place_id));
    voisines!(scope, d.id, rivales, dossier::id.desc())
}

/// An address without a street has no key: nothing is at its door. The walk goes back along the words, whatever the number
/// of files at the address.
fn du_cabinet(scope: &CpamScope, d: &Demande) -> impl Lecture<Ligne = Voisine> + use<> {
    let cle = mots::cle_adresse(&d.insee, &d.adresse);
    let a_la_porte = dossier_mot::table
        .filter(dossier_mot::caisse_code.eq(d.caisse_code.clone()))
        .filter(MOTS_DE_DEMANDES)
        .filter(dossier_mot::mot.nullable().eq(cle))
        .inner_join(dossier::table);
    voisines!(scope, d.id, a_la_porte, dossier_mot::dossier_id.desc())
}

fn ses_departs(kine_id: i64) -> impl Lecture<Ligne = DepartVoisin> {
    lecture(premieres(
        dossier::table
            .inner_join(depart::table)
            .inner_join(commune::table.on(commune::insee.eq(dossier::insee)))
            .filter(dossier::kine_id.eq(kine_id))
            .filter(EnToutesLettres(
                "dossier.nature = 'depart' AND dossier.etat IN ('declaree', 'confirmee')",
            ))
            .order(dossier::id.desc())
            .select((dossier::id, depart::date_cessation, commune::nom)),
        VOISINES_MAX,
    ))
}

/// Reads what is around a request, in one statement: only the files of the scope.
pub fn lire(
    conn: &mut AnyConn,
    scope: &CpamScope,
    d: &Demande,
    jour: NaiveDate,
) -> DbResult<Voisinage> {
    let (mut etiquettes, agents, personne, place, cabinet, mut departs, envois) = (
        etiquette::lecture_de_caisse(d.caisse_code.clone()),
        file_comptes::lecture_agents(d.caisse_code.clone(), jour),
        de_la_personne(scope, d),
        de_la_place(scope, d),
        du_cabinet(scope, d),
        ses_departs(d.kine_id),
        envoi::lecture_en_chemin(vec![d.id]),
    )
        .ensemble(conn)?;
    etiquettes.sort_by_cached_key(|e| fold(&e.nom));
    let agents = file_comptes::par_nom(agents);
    departs.sort_by_key(|d| Reverse(d.id));
    let mut demandes: Vec<(Lien, Voisine)> = Vec::new();
    for (lien, mut voisines) in [
        (Lien::Personne, personne),
        (Lien::Place, place),
        (Lien::Cabinet, cabinet),
    ] {
        voisines.sort_by_key(|v| Reverse(v.id));
        for voisine in voisines {
            if !demandes.iter().any(|(_, v)| v.id == voisine.id) {
                demandes.push((lien, voisine));
            }
        }
    }
    Ok(Voisinage {
        etiquettes,
        agents,
        demandes,
        departs,
        chemin: EnChemin::de_la_decision(&envois, d.id),
    })
}
