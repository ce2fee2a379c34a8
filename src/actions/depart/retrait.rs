//! REG-19: who leaves takes the declaration back, or cancels the departure while no decision rests on it.

use courriers::Courrier;
use regles::depart::EtatDepart;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::place::{Evenement, transition};
use regles::{designation as regles_designation, geste};

use super::decompte::sans_objet;
use super::{a_jour, objet};
use crate::actions::{Acte, ActionResult, appel, cedant, courriel, echeance, tracer};
use crate::clock::jour_a_paris;
use crate::db::depart::{self, ChangementDepart, DepartComplet};
use crate::db::designation::{self, Designation};
use crate::db::place::{self, Place};
use crate::db::{CpamScope, WriteTx, appel as appels, dossier, rappel};

/// Takes a departure back. Once it was confirmed, its place ends with what hung on it: the designation, the call, the
/// deadlines; who was designated, the candidates and the team are told.
///
/// # Errors
/// The departure changed since it was shown, it is closed, or a decision rests on it.
pub fn retirer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    id: i64,
    version: i32,
) -> ActionResult<()> {
    dossier::verrouiller(tx, id)?;
    let lu = depart::complete(tx, &CpamScope::Kine(kine_id), id)?;
    // The same form sent twice.
    if lu.depart.etat == EtatDepart::Retiree {
        return Ok(());
    }
    place::verrouiller(tx, id)?;
    let place = place::de_depart(tx, id)?;
    let active = designation::active(tx, id)?;
    let attribuee = attribuee(active.as_ref());
    let passage = geste::retirer(lu.depart.etat, place.as_ref().map(|p| p.etat), attribuee)?;
    a_jour(&lu, version)?;
    depart::modifier(
        tx,
        id,
        version,
        &ChangementDepart {
            etat: Some(passage),
            ..ChangementDepart::default()
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&lu),
        Fait::DepartRetiree {
            avant: Some(passage.de()),
            etat_place: place.as_ref().map(|p| p.etat),
            designation: active.as_ref().map(|d| d.id),
        },
    )?;
    if let Some(place) = &place {
        fermer(tx, acte, &lu, place, active.as_ref())?;
    }
    match passage.de() {
        EtatDepart::Confirmee => prevenir(tx, acte, &lu),
        _ => Ok(()),
    }
}

/// REG-12: whether the designation that counts is the attribution of the place, which the director decided.
pub fn attribuee(active: Option<&Designation>) -> bool {
    active.is_some_and(|d| d.candidature_id.is_some())
}

/// The place of a departure that is cancelled, and what hung on it.
fn fermer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    depart: &DepartComplet,
    place: &Place,
    active: Option<&Designation>,
) -> ActionResult<()> {
    place::passer(tx, place, transition(place.etat, Evenement::Annuler)?)?;
    echeance::annuler(
        tx,
        acte,
        place.id,
        NatureEcheance::DesignationSuccesseur,
        "Départ annulé",
    )?;
    sans_objet(tx, acte, place.id)?;
    if let Some(appel) = appels::en_cours(tx, place.id)? {
        appel::clore(
            tx,
            acte,
            appel,
            "La personne qui partait a annulé son départ.",
            false,
        )?;
    }
    let Some(d) = active else {
        return Ok(());
    };
    let passage = regles_designation::transition(d.etat, regles_designation::Evenement::Annuler)?;
    designation::passer(tx, d.id, passage, d.kine_id, acte.le())?;
    let lettre = courriers::designation::DesignationAnnulee {
        cedant: &depart.kine.nom_complet(),
        commune: &depart.commune,
        du: jour_a_paris(d.cree_le),
        contact: &depart.service.lignes(),
    }
    .lettre();
    let cle = format!("designation_annulee:{}", d.id);
    courriel::deposer(tx, acte, &cle, &d.courriel, &lettre)
}

fn prevenir(tx: &mut WriteTx<'_>, acte: &Acte, depart: &DepartComplet) -> ActionResult<()> {
    let (id, nom) = (depart.depart.id, depart.kine.nom_complet());
    let au_cedant = courriers::depart::DepartAnnule {
        kine: &nom,
        contact: &depart.service.lignes(),
        commune: &depart.commune,
        id,
    }
    .lettre();
    let cle = format!("depart_annule:{id}");
    cedant::ecrire(tx, acte, &cle, depart, au_cedant)?;
    let equipe = courriers::depart::DepartAnnuleEquipe {
        id,
        kine: &nom,
        commune: &depart.commune,
    }
    .lettre();
    let adresses = rappel::equipe(tx, &depart.depart.caisse_code, acte.jour())?;
    for (rang, adresse) in adresses.iter().enumerate() {
        courriel::deposer(tx, acte, &format!("{cle}:equipe{rang}"), adresse, &equipe)?;
    }
    Ok(())
}
