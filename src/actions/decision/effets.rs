//! What a notification starts (PRO-8): the delays of REG-9 and of PRO-6, and the letters that say so.

use chrono::NaiveDate;
use courriers::Courrier;
use courriers::decision::DecisionNotifiee;
use regles::calendrier::Territoire;
use regles::decision::ModeNotification;
use regles::demande::{EtatDemande, Sens};
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::passage::Passage;
use regles::recours;

use crate::actions::dossier::{entete, objet, territoire};
use crate::actions::{
    Acte, ActionError, ActionResult, cedant, courriel, echeance, reduction, tracer,
};
use crate::db::decision::Decision;
use crate::db::demande::{self, ChangementDemande, DemandeComplete};
use crate::db::{CpamScope, WriteTx, demande_etat, depart};

/// A grant opens the deadline to install (REG-9), a refusal the delay of appeal (PRO-6).
pub(super) fn enregistrer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    (decision, passage): (&Decision, Passage<EtatDemande>),
    mode: ModeNotification,
    le: NaiveDate,
) -> ActionResult<()> {
    let d = &dossier.demande;
    demande::modifier(
        tx,
        d.id,
        d.version,
        &ChangementDemande {
            etat: Some(passage),
            notifiee_le: Some(le),
            notification_mode: Some(mode.as_str()),
            ..ChangementDemande::default()
        },
    )?;
    let territoire = territoire(dossier)?;
    let recours = recours::terme(&acte.reglement, le, territoire)
        .map_err(|e| ActionError::Regle(e.to_string()))?;
    let terme = match decision.sens {
        Sens::Accord => {
            if !d.sous_reserve() {
                let effet = d.reserve.levee_le.and_then(|_| d.effet(decision.effet));
                reduction::suivre(tx, acte, dossier, effet.unwrap_or(le))?;
            }
            prevenir_qui_part(tx, acte, dossier, decision)?;
            // REG-17: the six months never run before the condition is met.
            match (
                d.reserve.au.filter(|_| d.sous_reserve()),
                d.reserve.levee_le,
            ) {
                (Some(au_plus_tard), _) => {
                    crate::db::echeance::reporter(tx, d.id)?;
                    au_plus_tard
                }
                (None, levee) => {
                    let debut = levee.map_or(le, |levee| levee.max(le));
                    installation(tx, acte, dossier, territoire, debut)?
                }
            }
        }
        Sens::Refus => {
            demande_etat::echeance_sans_delai(tx, d.id, recours, "recours")?;
            recours
        }
    };
    tracer(
        tx,
        &acte.acteur,
        objet(dossier),
        Fait::DecisionNotifiee {
            issue: decision.sens,
            mode,
            le,
            terme,
            recours,
            sous_reserve: d.sous_reserve().then_some(true),
        },
    )?;
    let lettre = DecisionNotifiee {
        dossier: entete(dossier),
        sens: decision.sens,
        le,
        terme,
        sous_reserve: d.sous_reserve(),
    }
    .lettre();
    courriel::au_demandeur(
        tx,
        acte,
        &format!("notification:{}", decision.id),
        dossier,
        &lettre,
    )
}

/// Whose departure opened the place learns that it is kept for the successor: not before the successor does.
fn prevenir_qui_part(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    decision: &Decision,
) -> ActionResult<()> {
    let Some(place_id) = dossier.demande.place_id else {
        return Ok(());
    };
    let depart = depart::complete(tx, &CpamScope::National, place_id)?;
    let reserve = decision
        .reserve()?
        .filter(|_| dossier.demande.sous_reserve());
    let lettre = courriers::depart::PlaceReservee {
        reserve: reserve.as_ref(),
        kine: &depart.kine.nom_complet(),
        contact: &depart.service.lignes(),
        commune: &depart.commune,
        successeur: &dossier.kine.nom_complet(),
    }
    .lettre();
    cedant::ecrire(
        tx,
        acte,
        &format!("place_reservee:{place_id}:{}", dossier.demande.id),
        &depart,
        lettre,
    )
}

/// REG-9: the last day to begin the formalities.
pub(in crate::actions) fn installation(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    territoire: Territoire,
    le: NaiveDate,
) -> ActionResult<NaiveDate> {
    let ouverte = echeance::ouvrir(
        tx,
        acte,
        &echeance::Ouverture {
            caisse_code: &dossier.demande.caisse_code,
            territoire,
            dossier_id: dossier.demande.id,
            nature: NatureEcheance::Installation,
            depart: le,
            delai: NatureEcheance::Installation.delai(&acte.reglement, le)?,
            suspensions: &[],
        },
    )?;
    Ok(ouverte.finale)
}
