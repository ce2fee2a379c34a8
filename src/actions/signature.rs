//! PRO-5: what a caisse signs with, and the letter that a hand signed, kept before anything is notified.

use chrono::NaiveDate;
use regles::decision::EtatDecision;
use regles::evenement::Fait;
use regles::refus::Refus;
use regles::signature::{self as regle, Homologation, MoyenSignature};

use super::decision::deposer;
use super::dossier::{lisible, objet, ouvrir};
use super::{Acte, ActionError, ActionResult, Objet, caisse, tracer};
use crate::db::demande::{self, ChangementDemande};
use crate::db::signature::{self, LettreSignee, NouveauMoyen};
use crate::db::{CpamScope, WriteTx, decision};

/// What a caisse chooses.
#[derive(Debug, Clone)]
pub struct Choix {
    /// What signs.
    pub moyen: MoyenSignature,
    /// Reference of the homologation of the online service.
    pub reference: String,
    /// The day it was given.
    pub homologuee_le: Option<NaiveDate>,
    /// Its last day.
    pub homologuee_au: Option<NaiveDate>,
}

/// Chooses what signs the decisions of a caisse; those that are taken already do not change.
///
/// # Errors
/// A field that [`regle::choisir`] refuses; nothing that changes; out of scope, the refusal of the database.
pub fn choisir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    code: &str,
    choix: &Choix,
) -> ActionResult<()> {
    caisse::lire(tx, scope, code)?;
    lisible("reference", &choix.reference)?;
    let homologation = Homologation {
        reference: &choix.reference,
        du: choix.homologuee_le,
        au: choix.homologuee_au,
    };
    regle::choisir(choix.moyen, homologation, acte.jour())
        .map_err(|(champ, refus)| ActionError::champ(champ, refus.to_string()))?;
    let dispense = choix.moyen == MoyenSignature::Teleservice;
    let voulu = signature::Moyen {
        moyen: choix.moyen,
        reference: dispense.then(|| choix.reference.trim().to_owned()),
        homologuee_le: choix.homologuee_le.filter(|_| dispense),
        homologuee_au: choix.homologuee_au.filter(|_| dispense),
    };
    if signature::moyen(tx, code)? == voulu {
        return Err(ActionError::refus(
            "Rien n’a changé : c’est déjà ce qui signe les décisions de la caisse.",
        ));
    }
    signature::choisir(
        tx,
        &NouveauMoyen {
            caisse_code: code,
            moyen: voulu.moyen,
            reference: voulu.reference.as_deref(),
            homologuee_le: voulu.homologuee_le,
            homologuee_au: voulu.homologuee_au,
            choisi_par: acte.acteur.id,
            choisi_le: acte.le(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        Objet {
            caisse_code: Some(code),
            ..Objet::default()
        },
        Fait::SignatureChoisie {
            moyen: voulu.moyen,
            homologuee_le: voulu.homologuee_le,
            homologuee_au: voulu.homologuee_au,
            reference: voulu.reference,
        },
    )?;
    Ok(())
}

/// Nothing was signed that a letter would be attached to.
const SANS_LETTRE: &str = "Aucune lettre à signer n’est attendue sur ce dossier : sa décision n’est pas prise, ou la lettre signée est déjà là.";

/// Keeps the letter that a hand signed; a decision that its hand had to sign first then goes to the portal, where the
/// person consented.
///
/// # Errors
/// Nothing is decided, or the letter is there already; [`ActionError::Perime`]; the refusal of the database.
pub fn attacher(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (numero, version): (&str, i32),
    lettre: &LettreSignee,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let prise = decision::active(tx, d.id)?
        .filter(|a| a.etat == EtatDecision::Decidee && d.notifiee_le.is_none())
        .ok_or_else(|| ActionError::refus(SANS_LETTRE))?;
    let signee = signature::de(tx, prise.id)?
        .filter(|s| s.empreinte.is_none())
        .ok_or_else(|| ActionError::refus(SANS_LETTRE))?;
    let par = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("a signed letter from nobody".to_owned()))?;
    signature::deposer(tx, prise.id, lettre, (acte.le(), par))?;
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::LettreSignee {
            decision: prise.id,
            empreinte: lettre.empreinte.clone(),
            nom: Some(lettre.nom.clone()),
        },
    )?;
    match signee.moyen {
        MoyenSignature::Main | MoyenSignature::Electronique => {
            deposer(tx, acte, &dossier, Some(prise.id))
        }
        // It went to the portal the day it was signed.
        MoyenSignature::Teleservice => Ok(()),
    }
}

/// PRO-5: whether a decision may be notified this way now. One taken before what signs was written down needs nothing.
///
/// # Errors
/// The letter that a hand signs is awaited; the refusal of the database.
pub(in crate::actions) fn notifiable(
    tx: &mut WriteTx<'_>,
    decision_id: i64,
    par: regles::decision::ModeNotification,
) -> ActionResult<()> {
    let Some(signee) = signature::de(tx, decision_id)? else {
        return Ok(());
    };
    let dite: Result<(), Refus> = regle::notifier(signee.moyen, par, signee.empreinte.is_some());
    Ok(dite?)
}
