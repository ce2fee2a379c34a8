//! PRO-8: the decision is notified; the six months of REG-9 and the two months of PRO-6 run from that day.

use chrono::NaiveDate;
use regles::calendrier::Territoire;
use regles::decision::ModeNotification;
use regles::demande::{Evenement, Sens};
use regles::echeance::{NatureEcheance, calculer};
use regles::evenement::Fait;
use regles::geste;
use regles::texte;

use super::lettres;
use crate::actions::dossier::{objet, ouvrir, suivant, territoire};
use crate::actions::{Acte, ActionError, ActionResult, courriel, echeance, reduction, tracer};
use crate::clock::jour_a_paris;
use crate::db::decision;
use crate::db::demande::{self, ChangementDemande, DemandeComplete};

use crate::db::{CpamScope, DbError, WriteTx, demande_etat};

/// Records a notification by registered letter, on the day of its first presentation.
///
/// # Errors
/// A wrong date, a decision notified already, [`ActionError::Perime`], the refusal of the database.
pub fn notifier(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    le: NaiveDate,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    geste::notifier(dossier.demande.etat, dossier.demande.notifiee_le)?;
    enregistrer(tx, acte, &dossier, ModeNotification::Recommande, le)
}

/// The applicant opens the decision in the portal: it is notified that very day. Opening it again changes nothing.
///
/// # Errors
/// Nothing is decided, somebody else's request, the refusal of the database.
pub fn ouvrir_par_le_demandeur(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
) -> ActionResult<()> {
    let dossier = demande_etat::charger(tx, scope, numero)?;
    if dossier.demande.notifiee_le.is_some() {
        return Ok(());
    }
    enregistrer(tx, acte, &dossier, ModeNotification::Portail, acte.jour())
}

/// A grant opens the deadline to install (REG-9), a refusal the delay of appeal (PRO-6).
fn enregistrer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    mode: ModeNotification,
    le: NaiveDate,
) -> ActionResult<()> {
    let d = &dossier.demande;
    suivant(dossier, Evenement::Notifier)?;
    let decision = decision::active(tx, d.id)?
        .ok_or_else(|| DbError::Incoherent(format!("demande {} sans décision", d.numero)))?;
    let decidee_le = decision
        .decidee_le
        .map(jour_a_paris)
        .ok_or_else(|| DbError::Incoherent(format!("demande {} : décision sans date", d.numero)))?;
    controler_date(acte, le, decidee_le)?;
    demande::modifier(
        tx,
        d.id,
        d.version,
        &ChangementDemande {
            notifiee_le: Some(le),
            notification_mode: Some(mode.as_str()),
            ..ChangementDemande::default()
        },
    )?;
    let territoire = territoire(dossier)?;
    let recours = calculer(
        le,
        acte.reglement.delai("recours.delai", le)?,
        territoire,
        &[],
    )?;
    let terme = match decision.sens {
        Sens::Accord => {
            reduction::suivre(tx, acte, dossier, le)?;
            installation(tx, acte, dossier, territoire, le)?
        }
        Sens::Refus => {
            let terme = recours.finale;
            demande_etat::echeance_sans_delai(tx, d.id, terme, "recours")?;
            terme
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
            recours: recours.finale,
        },
    )?;
    let lettre = lettres::notification(acte, dossier, &decision, le, terme)?;
    courriel::deposer(
        tx,
        acte,
        &format!("notification:{}", decision.id),
        &dossier.courriel,
        &lettre,
    )
}

/// REG-9: the last day to begin the formalities.
fn installation(
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
            regle: "REG-9",
            depart: le,
            delai: acte.reglement.delai("installation.delai", le)?,
            suspensions: &[],
        },
    )?;
    Ok(ouverte.finale)
}

fn controler_date(acte: &Acte, le: NaiveDate, decidee_le: NaiveDate) -> ActionResult<()> {
    if le < decidee_le {
        return Err(ActionError::champ(
            "date",
            format!(
                "La notification ne peut pas précéder la décision, prise le {}.",
                texte::date_fr(decidee_le)
            ),
        ));
    }
    if le > acte.jour() {
        return Err(ActionError::champ(
            "date",
            "La date de notification est dans le futur : enregistrez-la quand la lettre aura été présentée.",
        ));
    }
    Ok(())
}
