//! PRO-8: the answer to an appeal is made available in the portal or sent, as any decision is; the day that counts starts the
//! delay to go to the court.

use chrono::{NaiveDate, NaiveTime};
use courriers::Courrier;
use courriers::decision::DocumentDepose;
use courriers::demande::Dossier;
use courriers::recours::ReponseNotifiee;
use regles::contestation::EtatRecours;
use regles::decision::ModeNotification;
use regles::echeance::fin_brute;
use regles::evenement::Fait;
use regles::notification::{self, Notification};

use super::{au_tribunal, charger, destinataire, objet};
use crate::actions::decision::{Suivi, controler_l_envoi};
use crate::actions::{Acte, ActionError, ActionResult, courriel, ecrit, tracer};
use crate::clock::jour_a_paris;
use crate::db::envoi::{self, Envoi, NouvelEnvoi, Suite};
use crate::db::recours::{ChangementRecours, RecoursComplet};
use crate::db::{CpamScope, DbError, WriteTx, dossier, recours as stockes};

/// What is due on an appeal that is answered and not notified, in its column `echeance_nature`.
pub const A_NOTIFIER: &str = "notification";

/// Makes the answer available in the portal, where the person consented and the caisse checked who they are; a letter is
/// needed otherwise, which stays to be sent in the queue.
pub(super) fn mettre_a_disposition(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lu: &RecoursComplet,
) -> ActionResult<()> {
    let (r, jour) = (&lu.recours, acte.jour());
    if ecrit::envoi(tx, r.kine_id, jour)? != ModeNotification::Portail {
        return Ok(());
    }
    let delai = acte.reglement.delai("notification.delai_ouverture", jour)?;
    let terme = fin_brute(jour, delai).ok_or(DbError::Introuvable)?;
    envoi::creer(
        tx,
        &NouvelEnvoi {
            dossier_id: r.id,
            decision_id: None,
            moyen: ModeNotification::Portail,
            envoye_le: acte.le(),
            par: acte.acteur.id,
            terme: Some(terme),
        },
    )?;
    tracer(tx, &acte.acteur, objet(r), Fait::DecisionDeposee { terme })?;
    let lettre = DocumentDepose {
        dossier: Dossier {
            kine: lu.kine.nom_complet(),
            numero: r.numero.clone(),
            contact: lu.service.lignes(),
        },
        le: jour,
        terme,
    }
    .lettre();
    let cle = format!("depot_recours:{}:{}", r.id, r.version);
    courriel::envoyer(tx, acte, &cle, &destinataire(lu), &lettre)
}

/// Records what is known of the letter, registered or handed over; the answer is notified once the rules say so.
///
/// # Errors
/// A wrong date, nothing to notify, [`ActionError::Perime`], the refusal of the database.
pub fn suivre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    suivi: &Suivi,
) -> ActionResult<Option<NaiveDate>> {
    let lu = charger(tx, scope, numero, version)?;
    a_notifier(&lu)?;
    let rendue = lu.recours.decide_le.ok_or(DbError::Introuvable)?;
    controler_l_envoi(acte, rendue, suivi)?;
    let mut envoi = en_chemin(tx, acte, &lu, suivi)?;
    envoi.numero = Some(suivi.numero.trim().to_owned()).filter(|n| !n.is_empty());
    (envoi.avisee_le, envoi.remise_le, envoi.retour) = (suivi.avisee, suivi.remise, suivi.retour);
    let notifiee = jour_qui_compte(acte, &envoi)?;
    envoi::suivre(tx, envoi.id, &suite(&envoi, notifiee))?;
    tracer(
        tx,
        &acte.acteur,
        objet(&lu.recours),
        Fait::DecisionEnvoyee {
            mode: suivi.moyen,
            envoyee: suivi.envoyee,
            avisee: suivi.avisee,
            remise: suivi.remise,
            retour: suivi.retour,
            numero: envoi.numero.clone(),
        },
    )?;
    match notifiee {
        Some(le) => enregistrer(tx, acte, &lu, le)?,
        None => stockes::modifier(tx, &lu.recours, &ChangementRecours::default())?,
    }
    Ok(notifiee)
}

fn a_notifier(lu: &RecoursComplet) -> ActionResult<()> {
    match (lu.recours.etat, lu.recours.notifiee_le) {
        (EtatRecours::Repondu, None) => Ok(()),
        (_, Some(_)) => Err(ActionError::refus(
            "Cette réponse est déjà notifiée : le jour qui compte ne change plus.",
        )),
        _ => Err(ActionError::refus(
            "Il n’y a pas encore de réponse à notifier : enregistrez d’abord celle de la commission.",
        )),
    }
}

/// The letter on its way, the same one while it did not come back.
fn en_chemin(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lu: &RecoursComplet,
    suivi: &Suivi,
) -> ActionResult<Envoi> {
    let id = lu.recours.id;
    let ouvert =
        |e: &Envoi| e.moyen == suivi.moyen && e.retour.is_none() && e.notifiee_le.is_none();
    if let Some(connu) = stockes::envois(tx, id)?.into_iter().rfind(ouvert) {
        return Ok(connu);
    }
    envoi::creer(
        tx,
        &NouvelEnvoi {
            dossier_id: id,
            decision_id: None,
            moyen: suivi.moyen,
            envoye_le: suivi.envoyee.and_time(NaiveTime::MIN),
            par: acte.acteur.id,
            terme: None,
        },
    )?;
    let cree = stockes::envois(tx, id)?.into_iter().rfind(ouvert);
    Ok(cree.ok_or(DbError::Introuvable)?)
}

fn suite(envoi: &Envoi, notifiee_le: Option<NaiveDate>) -> Suite {
    Suite {
        numero: envoi.numero.clone(),
        avisee_le: envoi.avisee_le,
        remise_le: envoi.remise_le,
        retour: envoi.retour,
        ouverte_le: envoi.ouverte_le,
        notifiee_le,
    }
}

fn jour_qui_compte(acte: &Acte, envoi: &Envoi) -> ActionResult<Option<NaiveDate>> {
    let faits = envoi.faits(jour_a_paris)?;
    Ok(
        match notification::etat(&acte.reglement, faits, acte.jour())? {
            Notification::Le(le) => Some(le),
            Notification::Attendue | Notification::ARefaire => None,
        },
    )
}

/// The person opens the answer in the portal: it is notified that very day, or, past the last day to open it, on the day it was
/// made available. Opening it again changes nothing.
///
/// # Errors
/// Nothing was made available to this person, the refusal of the database.
pub fn ouvrir_par_la_personne(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
) -> ActionResult<()> {
    portail(tx, acte, scope, numero, true)
}

/// The last day to open the answer is over: it is notified on the day it was made available (CRPA R112-20).
///
/// # Errors
/// The refusal of the database.
pub fn constater_le_document(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    recours_id: i64,
) -> ActionResult<bool> {
    let numero = dossier::numero(tx, recours_id)?;
    portail(tx, acte, &CpamScope::National, &numero, false)?;
    Ok(true)
}

fn portail(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    ouvre: bool,
) -> ActionResult<()> {
    let lu = stockes::charger(tx, scope, numero)?;
    if lu.recours.notifiee_le.is_some() {
        return Ok(());
    }
    let depose = stockes::envois(tx, lu.recours.id)?
        .into_iter()
        .rfind(|e| e.moyen == ModeNotification::Portail && e.notifiee_le.is_none());
    let Some(mut envoi) = depose else {
        return Err(ActionError::refus(
            "Aucun document n’attend dans cet espace : la caisse l’envoie par lettre recommandée.",
        ));
    };
    envoi.ouverte_le = ouvre.then(|| acte.le());
    let Some(le) = jour_qui_compte(acte, &envoi)? else {
        return Ok(());
    };
    envoi::suivre(tx, envoi.id, &suite(&envoi, Some(le)))?;
    enregistrer(tx, acte, &lu, le)
}

/// The answer is notified: the delay to go to the court runs, where there is something left to contest.
fn enregistrer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    lu: &RecoursComplet,
    le: NaiveDate,
) -> ActionResult<()> {
    let r = &lu.recours;
    let terme = match r.issue.is_some_and(|i| i.se_conteste()) {
        true => Some(au_tribunal(&acte.reglement, le, lu.service.territoire()?)?),
        false => None,
    };
    stockes::notifier(tx, r, le, terme)?;
    tracer(
        tx,
        &acte.acteur,
        objet(r),
        Fait::RecoursNotifie { le, terme },
    )?;
    let lettre = ReponseNotifiee {
        kine: &lu.kine.nom_complet(),
        numero: &r.numero,
        le,
        tribunal_avant: terme,
        contact: &lu.service.lignes(),
    }
    .lettre();
    let cle = format!("recours_notifie:{}:{}", r.id, r.version);
    courriel::envoyer(tx, acte, &cle, &destinataire(lu), &lettre)
}
