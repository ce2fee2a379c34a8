//! REG-16: a zone that is no longer regulated leaves without object the places that still wait there.

use chrono::NaiveDate;
use courriers::Courrier;
use courriers::demande::DemandeSansSuccession;
use courriers::depart::{PlaceSansObjet, PlaceSansObjetEquipe};
use courriers::designation::DesignationSansObjet;
use regles::designation as regles_designation;
use regles::echeance::{Ecran, NatureEcheance};
use regles::evenement::Fait;
use regles::identifiants::Insee;
use regles::place::{Evenement, sans_objet_depuis, transition};

use super::objet;
use crate::actions::dossier as demandes;
use crate::actions::{Acte, ActionResult, appel, cedant, courriel, tracer};
use crate::clock::jour_a_paris;
use crate::db::depart::{self, DepartComplet};
use crate::db::designation::{self, Designation};
use crate::db::place::{self, Place};
use crate::db::{
    AnyConn, CpamScope, DbError, WriteTx, appel as appels, demande_etat, echeance, rappel,
    sans_objet, zonage,
};

/// Records that a place is without object, with what hung on it: the deadlines, the call and the designation end, the
/// requests go on without a succession, and each person is told. Nothing happens to a place that no longer waits, or whose
/// zone is regulated. Returns whether it was recorded.
pub fn constater_sans_objet(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    place_id: i64,
) -> ActionResult<bool> {
    // The requests first, as who decides on one does: two acts never wait for each other.
    let numeros = sans_objet::demandes(tx, place_id)?;
    let mut suivies = Vec::with_capacity(numeros.len());
    for numero in &numeros {
        suivies.push(demande_etat::charger(tx, &CpamScope::National, numero)?);
    }
    place::verrouiller(tx, place_id)?;
    let lue = place::par_id(tx, place_id)?;
    let lu = depart::complete(tx, &CpamScope::National, lue.depart_id)?;
    let Some(depuis) = depuis(tx, acte, &lu, &lue)? else {
        return Ok(false);
    };
    let passage = transition(lue.etat, Evenement::PerdreObjet)?;
    place::passer(tx, &lue, passage)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&lu),
        Fait::PlaceSansObjet {
            avant: passage.de(),
            depuis,
        },
    )?;
    let du_depart = NatureEcheance::parmi(|f| f.ecran != Ecran::Demande);
    let motif = "La zone n’est plus régulée";
    echeance::annuler(tx, place_id, &du_depart, motif, acte.le())?;
    echeance::reporter(tx, place_id)?;
    if let Some(appel) = appels::en_cours(tx, place_id)? {
        let motif = "La zone n’est plus régulée : on s’y installe sans succéder à personne.";
        appel::clore(tx, acte, appel, motif, true)?;
    }
    let active = designation::active(tx, place_id)?;
    let deposee = |d: &Designation| suivies.iter().any(|s| Some(s.demande.kine_id) == d.kine_id);
    if let Some(d) = &active {
        clore(tx, acte, &lu, d, (depuis, deposee(d)))?;
    }
    for suivie in &suivies {
        let d = &suivie.demande;
        sans_objet::poursuivre(tx, d.id, d.version)?;
        tracer(
            tx,
            &acte.acteur,
            demandes::objet(suivie),
            Fait::DemandeSansSuccession { depuis },
        )?;
        let lettre = DemandeSansSuccession {
            dossier: demandes::entete(suivie),
            commune: &suivie.commune,
            depuis,
        }
        .lettre();
        let cle = format!("demande_sans_succession:{}", d.id);
        courriel::au_demandeur(tx, acte, &cle, suivie, &lettre)?;
    }
    prevenir(
        tx,
        acte,
        &lu,
        depuis,
        active.is_some() || !suivies.is_empty(),
    )?;
    Ok(true)
}

/// The first day on which the zone was not regulated, as the rules count it.
fn depuis(
    conn: &mut AnyConn,
    acte: &Acte,
    depart: &DepartComplet,
    place: &Place,
) -> ActionResult<Option<NaiveDate>> {
    let c = &depart.depart;
    let insee: Insee = c
        .insee
        .parse()
        .map_err(|_| DbError::Incoherent(format!("commune {}", c.insee)))?;
    let categories = zonage::classement(conn, &insee)?.categories()?;
    // A place opened although the zone was not regulated on the day of the cessation, as a parameter may say: only what
    // followed the declaration ends it.
    let libre = c.categorie_cessation.is_some_and(|k| !k.est_regulee());
    let debut = match libre {
        true => jour_a_paris(c.declaree_le).max(c.date_cessation),
        false => c.date_cessation,
    };
    let jour = acte.jour_a(super::territoire(depart)?);
    Ok(sans_objet_depuis(place.etat, debut, &categories, jour))
}

/// Ends the designation; who was designated is told, unless a letter about their own request says it.
fn clore(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    depart: &DepartComplet,
    d: &Designation,
    (depuis, deposee): (NaiveDate, bool),
) -> ActionResult<()> {
    let fin = regles_designation::Evenement::PerdreObjet;
    let passage = regles_designation::transition(d.etat, fin)?;
    designation::passer(tx, d.id, passage, d.kine_id, acte.le())?;
    if deposee {
        return Ok(());
    }
    let lettre = DesignationSansObjet {
        commune: &depart.commune,
        du: jour_a_paris(d.cree_le),
        depuis,
        contact: &depart.service.lignes(),
    }
    .lettre();
    let cle = format!("designation_sans_objet:{}", d.id);
    courriel::deposer(tx, acte, &cle, &d.courriel, &lettre)
}

fn prevenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    depart: &DepartComplet,
    depuis: NaiveDate,
    attendue: bool,
) -> ActionResult<()> {
    let (id, nom) = (depart.depart.id, depart.kine.nom_complet());
    let au_cedant = PlaceSansObjet {
        kine: &nom,
        contact: &depart.service.lignes(),
        commune: &depart.commune,
        id,
        depuis,
        attendue,
    }
    .lettre();
    let cle = format!("place_sans_objet:{id}");
    cedant::ecrire(tx, acte, &cle, depart, au_cedant)?;
    let equipe = PlaceSansObjetEquipe {
        id,
        kine: &nom,
        commune: &depart.commune,
        depuis,
    }
    .lettre();
    let adresses = rappel::equipe(tx, &depart.depart.caisse_code, acte.jour())?;
    for (rang, adresse) in adresses.iter().enumerate() {
        courriel::deposer(tx, acte, &format!("{cle}:equipe{rang}"), adresse, &equipe)?;
    }
    Ok(())
}
