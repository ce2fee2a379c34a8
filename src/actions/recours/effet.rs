//! What an appeal that succeeds changes: the case that it contests is open again, and the place that a grant took is free.

use chrono::NaiveDate;
use courriers::Courrier;
use courriers::recours::{DossierRouvert, PlaceRendue};
use regles::contestation::{Suite, suite};
use regles::decision::{self as decisions, EtatDecision};
use regles::demande::Evenement as SurDemande;
use regles::depart::{Evenement as SurDepart, transition as transition_depart};
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::place::{Evenement as SurPlace, transition as transition_place};
use regles::reserve::redevient_designable;

use crate::actions::courriel::Destinataire;
use crate::actions::depart::finir;
use crate::actions::dossier::{objet as objet_de_la_demande, suivant};
use crate::actions::echeance::{self, Ouverture};
use crate::actions::{Acte, ActionResult, Objet, cedant, courriel, tracer};
use crate::db::demande::DemandeComplete;
use crate::db::recours::{self as stockes, RecoursComplet};
use crate::db::{
    AnyConn, CpamScope, WriteTx, decision, demande, demande_etat, depart, designation, place,
};

/// The last day to decide again after an annulment of today.
pub(super) fn decider_avant(acte: &Acte, lu: &RecoursComplet) -> ActionResult<NaiveDate> {
    let (nature, jour) = (NatureEcheance::Reexamen, acte.jour());
    let delai = nature.delai(&acte.reglement, jour)?;
    let calculee = nature.calculer(&acte.reglement, jour, delai, lu.service.territoire()?, &[])?;
    Ok(calculee.finale)
}

/// Does what follows from an annulment; what is to be decided by somebody is left to them.
///
/// # Errors
/// The refusal of the database.
pub(super) fn appliquer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lu: &RecoursComplet,
) -> ActionResult<()> {
    match suite(lu.recours.contestee) {
        Suite::RouvrirLaDemande => rouvrir_la_demande(tx, acte, lu, &lu.conteste.0),
        Suite::RouvrirLeDepart => rouvrir_le_depart(tx, acte, lu),
        Suite::RendreLaPlace => {
            let Some(place_id) = lu.recours.place_id else {
                return Ok(());
            };
            let prises = demande::de_place(tx, place_id)?;
            match prises.iter().find(|d| d.etat.consomme()) {
                Some(prise) => rouvrir_la_demande(tx, acte, lu, &prise.numero),
                None => Ok(()),
            }
        }
        Suite::ADecider => Ok(()),
    }
}

/// The decision is undone, and the request waits for another one: within a delay of its own, and with the silence of the
/// caisse worth what it was.
fn rouvrir_la_demande(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lu: &RecoursComplet,
    numero: &str,
) -> ActionResult<()> {
    let dossier = demande_etat::charger(tx, &CpamScope::National, numero)?;
    let d = &dossier.demande;
    // Undone already, by the commission before a court, or withdrawn since.
    let Ok(passage) = suivant(&dossier, SurDemande::Rouvrir) else {
        return Ok(());
    };
    let prise = decision::active(tx, d.id)?.filter(|p| p.etat == EtatDecision::Decidee);
    if let Some(prise) = &prise {
        let annulee = decisions::transition(prise.etat, decisions::Evenement::Annuler)?;
        stockes::annuler_la_decision(tx, prise.id, annulee)?;
    }
    stockes::rouvrir_la_demande(tx, d, passage)?;
    echeance::annuler_sans_objet(
        tx,
        acte,
        d.id,
        passage.vers(),
        "Décision annulée sur recours",
    )?;
    let avant = decider_avant(acte, lu)?;
    for nature in [NatureEcheance::DecisionImplicite, NatureEcheance::Reexamen] {
        echeance::ouvrir(
            tx,
            acte,
            &Ouverture {
                caisse_code: &d.caisse_code,
                territoire: dossier.service.territoire()?,
                dossier_id: d.id,
                nature,
                depart: acte.jour(),
                delai: nature.delai(&acte.reglement, acte.jour())?,
                suspensions: &[],
            },
        )?;
    }
    tracer(
        tx,
        &acte.acteur,
        objet_de_la_demande(&dossier),
        Fait::RecoursEffet {
            recours: lu.recours.numero.clone(),
            decision: prise.map(|p| p.id),
        },
    )?;
    if passage.de().consomme() {
        rendre_la_place(tx, acte, lu, &dossier)?;
    }
    let lettre = DossierRouvert {
        kine: &dossier.kine.nom_complet(),
        numero: &d.numero,
        chemin: &format!("/demandes/{}", d.numero),
        decider_avant: Some(avant),
        contact: &dossier.service.lignes(),
    }
    .lettre();
    let cle = format!("dossier_rouvert:{}:{}", d.id, lu.recours.id);
    courriel::envoyer(tx, acte, &cle, &Destinataire::demandeur(&dossier), &lettre)
}

/// The place of a grant that is undone: open again while its two years run, ended otherwise. Whoever accepted its designation
/// keeps it: their request is decided on again.
fn rendre_la_place(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lu: &RecoursComplet,
    dossier: &DemandeComplete,
) -> ActionResult<()> {
    let Some(place_id) = dossier.demande.place_id else {
        return Ok(());
    };
    let lue = place::par_id(tx, place_id)?;
    let rendue = transition_place(lue.etat, SurPlace::Rendre)?;
    let libre = lue
        .limite_designation
        .is_some_and(|l| redevient_designable(l, acte.jour()));
    let designee = designation::active(tx, place_id)?.is_some();
    if !libre && !designee {
        finir(tx, acte, &lue, Some(rendue))?;
        return Ok(());
    }
    place::passer(tx, &lue, rendue)?;
    let depart = depart::complete(tx, &CpamScope::National, lue.depart_id)?;
    if !designee {
        let nature = NatureEcheance::DesignationSuccesseur;
        echeance::ouvrir(
            tx,
            acte,
            &Ouverture {
                caisse_code: &lue.caisse_code,
                territoire: depart.service.territoire()?,
                dossier_id: place_id,
                nature,
                depart: depart.depart.date_cessation,
                delai: nature.delai(&acte.reglement, acte.jour())?,
                suspensions: &[],
            },
        )?;
    }
    tracer(
        tx,
        &acte.acteur,
        Objet::dossier(&lue.caisse_code, place_id),
        Fait::RecoursEffet {
            recours: lu.recours.numero.clone(),
            decision: None,
        },
    )?;
    let lettre = PlaceRendue {
        kine: &depart.kine.nom_complet(),
        commune: &depart.commune,
        id: depart.depart.id,
        limite: lue.limite_designation.filter(|_| !designee),
        contact: &depart.service.lignes(),
    }
    .lettre();
    let cle = format!("place_rendue:{place_id}:{}", lue.version);
    cedant::ecrire(tx, acte, &cle, &depart, lettre)
}

/// The rejection of a declaration is undone: it is answered again.
fn rouvrir_le_depart(tx: &mut WriteTx<'_>, acte: &Acte, lu: &RecoursComplet) -> ActionResult<()> {
    let lu_depart = depart::complete(tx, &CpamScope::National, lu.recours.conteste_id)?;
    let d = &lu_depart.depart;
    let Ok(passage) = transition_depart(d.etat, SurDepart::Rouvrir) else {
        return Ok(());
    };
    stockes::rouvrir_le_depart(tx, d, passage)?;
    tracer(
        tx,
        &acte.acteur,
        Objet::dossier(&d.caisse_code, d.id),
        Fait::RecoursEffet {
            recours: lu.recours.numero.clone(),
            decision: None,
        },
    )?;
    let lettre = DossierRouvert {
        kine: &lu_depart.kine.nom_complet(),
        numero: &d.numero,
        chemin: &format!("/mes-departs/{}", d.id),
        decider_avant: None,
        contact: &lu_depart.service.lignes(),
    }
    .lettre();
    let cle = format!("dossier_rouvert:{}:{}", d.id, lu.recours.id);
    cedant::ecrire(tx, acte, &cle, &lu_depart, lettre)
}

/// PRO-9: the appeals under way on a place, but those against this request: what its grant must not pass over in silence.
///
/// # Errors
/// The refusal of the database.
pub fn sur_la_place_d_une_demande(
    conn: &mut AnyConn,
    place_id: Option<i64>,
    demande_id: i64,
) -> ActionResult<Vec<stockes::Bref>> {
    let Some(place_id) = place_id else {
        return Ok(Vec::new());
    };
    let mut autres = stockes::sur_la_place(conn, place_id)?;
    autres.retain(|r| r.conteste_id != demande_id);
    Ok(autres)
}
