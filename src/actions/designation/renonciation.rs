//! The successor gives up a designation that he accepted: the place may be designated again (REG-8).

use courriers::Courrier;
use regles::designation::{EtatDesignation, Evenement, transition};
use regles::evenement::Fait;

use super::super::cedant::Cedant;
use super::super::demande::retrait;
use super::super::{Acte, ActionError, ActionResult, appel, courriel, tracer};
use super::reponse::Acces;
use super::{objet, rouvrir_delai};
use crate::db::demande::{self, Demande};
use crate::db::depart::DepartComplet;
use crate::db::designation::{self, DesignationComplete};
use crate::db::{AnyConn, CpamScope, DbResult, WriteTx, depart, kine, place};

/// The request of this practitioner that rests on a place and is not decided, if there is one.
pub fn demande_en_cours(
    conn: &mut AnyConn,
    place_id: i64,
    kine_id: i64,
) -> DbResult<Option<Demande>> {
    Ok(demande::de_place(conn, place_id)?
        .into_iter()
        .find(|d| d.kine_id == kine_id && d.etat.en_cours()))
}

/// Gives up an accepted designation. The request filed on this place, if any, is withdrawn with it.
///
/// # Errors
/// The designation is somebody else's or does not count, or the request was granted.
pub fn renoncer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    acces: &Acces,
) -> ActionResult<DesignationComplete> {
    let lue = acces.ouvrir(tx)?;
    let moi = kine::par_id(tx, kine_id)?.ok_or(crate::db::DbError::Introuvable)?;
    if moi.rpps != lue.designation.rpps {
        return Err(crate::db::DbError::Introuvable.into());
    }
    // The same form sent twice.
    if lue.designation.etat == EtatDesignation::Renoncee {
        return Ok(lue);
    }
    let passage = transition(lue.designation.etat, Evenement::Renoncer)?;
    let place = place::par_id(tx, lue.designation.place_id)?;
    let ouverte = regles::place::transition(place.etat, regles::place::Evenement::Designer)
        .map_err(|_| {
            ActionError::refus(
                "Votre demande sur cette place est déjà décidée : pour y renoncer, écrivez à la caisse.",
            )
        })?;
    if let Some(d) = demande_en_cours(tx, place.id, kine_id)? {
        retrait::retirer(tx, acte, kine_id, &d.numero, d.version)?;
    }
    let attribuee = lue.designation.candidature_id;
    if attribuee.is_none() {
        place::passer(tx, &place, ouverte)?;
    }
    designation::passer(tx, lue.designation.id, passage, Some(kine_id), acte.le())?;
    let c = depart::complete(tx, &CpamScope::National, lue.depart.id)?;
    match attribuee {
        // REG-12: no leaver designates any more; the next in rank is proposed.
        Some(candidature) => appel::renoncer(tx, acte, candidature)?,
        None => rouvrir_delai(tx, acte, &c, &place)?,
    }
    tracer(
        tx,
        &acte.acteur,
        objet(&c),
        Fait::DesignationRenoncee {
            designation: lue.designation.id,
            rpps: Some(moi.rpps.clone()),
        },
    )?;
    prevenir(tx, acte, &lue, &c, &moi.nom_complet())?;
    Ok(lue)
}

fn prevenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lue: &DesignationComplete,
    c: &DepartComplet,
    nom: &str,
) -> ActionResult<()> {
    let id = lue.designation.id;
    let (cedant, contact) = (lue.cedant.nom_complet(), lue.service.lignes());
    let cle = format!("designation_renoncee:{id}:successeur");
    if lue.designation.candidature_id.is_some() {
        let copie = courriers::appel::AttributionRenoncee {
            nom,
            commune: &lue.commune,
            contact: &contact,
        }
        .lettre();
        return courriel::deposer(tx, acte, &cle, &lue.designation.courriel, &copie);
    }
    let a_qui = Cedant::de(tx, c)?;
    let au_cedant = courriers::designation::DesignationRenoncee {
        designant: a_qui.designant(),
        successeur: nom,
        commune: &lue.commune,
        limite: lue.place_limite,
        contact: &contact,
    }
    .lettre();
    courriel::envoyer(
        tx,
        acte,
        &format!("designation_renoncee:{id}:cedant"),
        a_qui.destinataire(),
        &au_cedant,
    )?;
    let au_successeur = courriers::designation::DesignationRenonceeCopie {
        successeur: nom,
        cedant: &cedant,
        commune: &lue.commune,
        contact: &contact,
    }
    .lettre();
    courriel::deposer(tx, acte, &cle, &lue.designation.courriel, &au_successeur)
}
