//! What the instruction of a request needs from the database beside reading it.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::conventionnement::AvisCpd;
use regles::demande::{EtatDemande, NatureDemande};
use regles::dossier::NatureDossier;
use regles::passage::Passage;
use regles::zonage::Categorie;

use super::demande::{Conditions, Demande, DemandeComplete};
use super::dossier::{self as tronc, ChangementDossier, sauf_vide};
use super::schema::{demande, dossier};
use super::{AnyConn, CpamScope, DbError, DbResult, WriteTx};

impl Demande {
    /// REG-17: the last day of the condition of its grant, and the day it was met.
    pub fn reserve(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        (self.reserve.au, self.reserve.levee_le)
    }

    /// REG-17: whether its grant waits for a condition.
    pub fn sous_reserve(&self) -> bool {
        self.reserve.au.is_some() && self.reserve.levee_le.is_none()
    }
}

/// Locks a request as [`super::dossier::verrouiller`] does, then reads it with its names.
///
/// # Errors
/// [`DbError::Introuvable`] when it does not exist or is out of scope.
pub fn charger(tx: &mut WriteTx<'_>, scope: &CpamScope, numero: &str) -> DbResult<DemandeComplete> {
    if !tx.is_sqlite() {
        let touchees = diesel::update(dossier::table.filter(dossier::numero.eq(numero)))
            .set(dossier::version.eq(dossier::version))
            .execute(&mut **tx)?;
        if touchees == 0 {
            return Err(DbError::Introuvable);
        }
    }
    super::demande::complete(tx, scope, numero)
}

/// What changes in a request; `None` leaves the column alone.
#[derive(Default)]
pub struct ChangementDemande<'a> {
    /// Where it stands.
    pub etat: Option<Passage<EtatDemande>>,
    /// The agent in charge.
    pub assigne_a: Option<Option<i64>>,
    /// Day on which the file was complete.
    pub complete_le: Option<Option<NaiveDate>>,
    /// Opinion of the CPD.
    pub derogation_avis_cpd: Option<AvisCpd>,
    /// Already conventioned in this zone.
    pub deja_conventionne_zone: Option<Option<bool>>,
    /// Day of the notification.
    pub notifiee_le: Option<NaiveDate>,
    /// How it was notified.
    pub notification_mode: Option<&'a str>,
    /// Day of the installation.
    pub installee_le: Option<NaiveDate>,
    /// REG-17: the last day of the condition of the grant.
    pub reserve_au: Option<NaiveDate>,
    /// REG-17: the day it was met, and the document that proves it.
    pub reserve_levee: Option<(NaiveDate, i64)>,
    /// PRO-3: the useful documents that its grant waits for, JSON.
    pub pieces_attendues: Option<&'a str>,
    /// PRO-3: the day the last of them came.
    pub pieces_venues_le: Option<NaiveDate>,
    /// GEN-1: what an agent recorded of the general conditions, JSON.
    pub generales: Option<&'a str>,
    /// GEN-2: day of the first act billed.
    pub premier_acte: Option<Option<NaiveDate>>,
    /// PRO-5: who sends the proposal back, and why; nothing any more once another is made.
    pub renvoi: Option<Option<(&'a str, &'a str)>>,
    /// What is due first.
    pub prochaine_echeance: Option<NaiveDate>,
    /// Its nature.
    pub echeance_nature: Option<&'a str>,
}

#[derive(AsChangeset)]
#[diesel(table_name = demande)]
struct ChangementPropre<'a> {
    complete_le: Option<Option<NaiveDate>>,
    derogation_avis_cpd: Option<AvisCpd>,
    deja_conventionne_zone: Option<Option<bool>>,
    notifiee_le: Option<NaiveDate>,
    notification_mode: Option<&'a str>,
    installee_le: Option<NaiveDate>,
    reserve_au: Option<NaiveDate>,
    reserve_levee_le: Option<NaiveDate>,
    reserve_piece_id: Option<i64>,
    pieces_attendues: Option<&'a str>,
    pieces_venues_le: Option<NaiveDate>,
    generales: Option<&'a str>,
    premier_acte: Option<Option<NaiveDate>>,
    renvoi_par: Option<Option<&'a str>>,
    renvoi_motif: Option<Option<&'a str>>,
}

/// Changes a request that has not changed since it was read.
///
/// # Errors
/// [`super::DbError::Perime`] when its version is no longer `version`;
/// [`super::contrainte::Contrainte::PlaceConsommee`] when its place has its arrival (REG-2).
pub fn modifier(
    tx: &mut WriteTx<'_>,
    id: i64,
    version: i32,
    c: &ChangementDemande<'_>,
) -> DbResult<()> {
    let tronc = ChangementDossier {
        etat: c.etat.map(|p| p.vers().as_str()),
        ouvert: c.etat.map(|p| p.vers().a_la_file(c.notifiee_le.is_some())),
        assigne_a: c.assigne_a,
        echeance: c.prochaine_echeance,
        echeance_nature: c.echeance_nature,
        ..ChangementDossier::default()
    };
    tronc::modifier(tx, id, version, &tronc)?;
    let propre = ChangementPropre {
        complete_le: c.complete_le,
        derogation_avis_cpd: c.derogation_avis_cpd,
        deja_conventionne_zone: c.deja_conventionne_zone,
        notifiee_le: c.notifiee_le,
        notification_mode: c.notification_mode,
        installee_le: c.installee_le,
        reserve_au: c.reserve_au,
        reserve_levee_le: c.reserve_levee.map(|(le, _)| le),
        reserve_piece_id: c.reserve_levee.map(|(_, piece)| piece),
        pieces_attendues: c.pieces_attendues,
        pieces_venues_le: c.pieces_venues_le,
        generales: c.generales,
        premier_acte: c.premier_acte,
        renvoi_par: c.renvoi.map(|r| r.map(|(par, _)| par)),
        renvoi_motif: c.renvoi.map(|r| r.map(|(_, motif)| motif)),
    };
    sauf_vide(
        diesel::update(demande::table.find(id))
            .set(propre)
            .execute(&mut **tx),
    )
}

/// Puts a request in its place in the queue by a day that is no computed deadline: what is to be done now
/// (a notification), or what others may still do (an appeal).
pub fn echeance_sans_delai(
    tx: &mut WriteTx<'_>,
    id: i64,
    le: NaiveDate,
    nature: &str,
) -> DbResult<()> {
    diesel::update(dossier::table.find(id))
        .set((
            dossier::echeance.eq(le),
            dossier::echeance_nature.eq(nature),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// What a CPAM corrects in a request; `None` leaves the column alone.
#[derive(Debug, Default)]
pub struct CorrectionDemande<'a> {
    /// Commune of practice.
    pub insee: Option<&'a str>,
    /// Its bassin.
    pub bassin_code: Option<&'a str>,
    /// What the request itself says.
    pub propre: CorrectionPropre<'a>,
}

/// The part of a correction that the trunk does not hold.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = demande)]
pub struct CorrectionPropre<'a> {
    /// Category of the zone on the day of filing.
    pub categorie_depot: Option<Categorie>,
    /// Address of practice.
    pub adresse: Option<&'a str>,
    /// What is said of the general conditions.
    #[diesel(embed)]
    pub conditions: Conditions,
}

/// Corrects a request that has not changed since it was read; its search words are written again.
///
/// # Errors
/// [`super::DbError::Perime`] when its version is no longer `version`.
pub fn corriger(
    tx: &mut WriteTx<'_>,
    id: i64,
    version: i32,
    correction: &CorrectionDemande<'_>,
) -> DbResult<()> {
    let tronc = ChangementDossier {
        insee: correction.insee,
        bassin_code: correction.bassin_code,
        ..ChangementDossier::default()
    };
    tronc::modifier(tx, id, version, &tronc)?;
    sauf_vide(
        diesel::update(demande::table.find(id))
            .set(&correction.propre)
            .execute(&mut **tx),
    )?;
    super::mots::indexer(tx, id)
}

/// REG-15: whether this person practises in a bassin by a derogation granted here, and installed.
pub fn derogation_en_vigueur(conn: &mut AnyConn, kine_id: i64, bassin: &str) -> DbResult<bool> {
    let accordees = dossier::table
        .inner_join(demande::table)
        .filter(dossier::kine_id.eq(kine_id))
        .filter(dossier::bassin_code.eq(bassin))
        .filter(dossier::nature.eq(NatureDossier::Demande))
        .filter(dossier::etat.eq(EtatDemande::Installee))
        .filter(demande::nature.eq(NatureDemande::Derogation));
    Ok(diesel::select(diesel::dsl::exists(accordees)).get_result(conn)?)
}
