//! A request is withdrawn: by the applicant, or by the caisse from a letter of somebody without an account (PRO-13).

use chrono::NaiveDate;
use courriers::Courrier;
use regles::demande::{EtatDemande, Evenement, transition};
use regles::evenement::Fait;
use regles::fuseau::jour_local;
use regles::geste;
use regles::passage::Passage;

use super::suivi::{objet, prevenir_agent};
use crate::actions::dossier::{ouvrir, territoire};
use crate::actions::{Acte, ActionResult, courriel, echeance, tracer};
use crate::db::demande::{self, ChangementDemande, Demande};
use crate::db::{CpamScope, WriteTx, decision};

/// The applicant withdraws the request: every delay ends, the place goes back to whom it may concern.
///
/// # Errors
/// The request is decided or closed, or changed since it was shown.
pub fn retirer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    numero: &str,
    version: i32,
) -> ActionResult<()> {
    let scope = CpamScope::Kine(kine_id);
    let d = demande::lire(tx, &scope, numero)?;
    if d.etat == EtatDemande::Retiree {
        return Ok(());
    }
    let etat = transition(d.etat, Evenement::Retirer)?;
    clore(tx, acte, &scope, (&d, version), etat, None)
}

/// The caisse records the letter by which somebody without an account withdraws the request.
///
/// # Errors
/// They have an account, the day is before the request or to come, the request is decided or closed, or changed since it was
/// shown.
pub fn retirer_sur_papier(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    recu_le: NaiveDate,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let ici = territoire(&dossier)?;
    let d = &dossier.demande;
    let etat = geste::retirer_sur_papier(
        d.etat,
        dossier.kine.compte_id.is_some(),
        (jour_local(d.deposee_le, ici), recu_le),
        acte.jour_a(ici),
    )?;
    clore(tx, acte, scope, (d, version), etat, Some(recu_le))
}

fn clore(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (d, version): (&Demande, i32),
    etat: Passage<EtatDemande>,
    recue_le: Option<NaiveDate>,
) -> ActionResult<()> {
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            etat: Some(etat),
            ..ChangementDemande::default()
        },
    )?;
    // A proposal awaiting a signature has no object any more: its row is closed, and kept.
    if let Some(proposee) = decision::active(tx, d.id)? {
        let passage =
            regles::decision::transition(proposee.etat, regles::decision::Evenement::Renvoyer)?;
        decision::renvoyer(tx, proposee.id, passage)?;
    }
    echeance::annuler_sans_objet(tx, acte, d.id, etat.vers(), "Demande retirée")?;
    let etat_avant = d.etat;
    let fait = match recue_le {
        None => Fait::DemandeRetiree { etat_avant },
        Some(recue_le) => Fait::DemandeRetireeSurPapier {
            etat_avant,
            recue_le,
        },
    };
    tracer(tx, &acte.acteur, objet(d), fait)?;
    let numero = d.numero.as_str();
    let c = demande::complete(tx, scope, numero)?;
    let lettre = courriers::demande::DemandeRetiree {
        kine: &c.kine.nom_complet(),
        numero,
        recue_le,
        contact: &c.service.lignes(),
    }
    .lettre();
    courriel::au_demandeur(tx, acte, &format!("demande_retiree:{}", d.id), &c, &lettre)?;
    // Who handles the file and enters the letter knows.
    if d.assigne_a == acte.acteur.id {
        return Ok(());
    }
    let agent = courriers::demande::DemandeRetireeAgent { numero }.lettre();
    prevenir_agent(tx, acte, d, &agent)
}
