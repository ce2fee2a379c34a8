//! PRO-8: the document of a decision is made available in the portal, or sent; the day that counts starts the delays of
//! REG-9 and of PRO-6. `regles::notification` says which day it is.

use chrono::{NaiveDate, NaiveTime};
use courriers::Courrier;
use courriers::decision::DocumentDepose;
use regles::decision::ModeNotification;
use regles::demande::{EtatDemande, Evenement};
use regles::echeance::fin_brute;
use regles::evenement::Fait;
use regles::geste;
use regles::notification::{self, Notification, Retour};
use regles::passage::Passage;
use regles::silence::SilenceEchu;
use regles::texte;

use super::effets;
use crate::actions::dossier::{entete, objet, ouvrir, suivant, territoire};
use crate::actions::{Acte, ActionError, ActionResult, courriel, ecrit, signature, tracer};
use crate::clock::jour_a_paris;
use crate::db::decision::{self, Decision};
use crate::db::demande::{self, ChangementDemande, DemandeComplete};
use crate::db::envoi::{self, Envoi, NouvelEnvoi, Suite};
use crate::db::{CpamScope, DbError, WriteTx, demande_etat, rappel, silence};

/// What an agent says of a letter, registered or handed over.
#[derive(Debug, Clone)]
pub struct Suivi {
    /// How it was sent.
    pub moyen: ModeNotification,
    /// Number of the registered letter; may be empty.
    pub numero: String,
    /// Day it was posted.
    pub envoyee: NaiveDate,
    /// Day the person was told that it waits.
    pub avisee: Option<NaiveDate>,
    /// Day it was handed over.
    pub remise: Option<NaiveDate>,
    /// Why it came back.
    pub retour: Option<Retour>,
}

/// Makes a document available in the portal, where the applicant consented and the caisse checked who they are; a letter is
/// needed otherwise, which stays to be sent in the queue. `decision_id`: what was just signed; none for the reasons of a
/// refusal born of silence (PRO-7).
pub(in crate::actions) fn deposer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    decision_id: Option<i64>,
) -> ActionResult<()> {
    let jour = acte.jour();
    if ecrit::envoi(tx, dossier.demande.kine_id, jour)? != ModeNotification::Portail {
        return Ok(());
    }
    let delai = acte.reglement.delai("notification.delai_ouverture", jour)?;
    let terme = fin_brute(jour, delai).ok_or(DbError::Introuvable)?;
    envoi::creer(
        tx,
        &NouvelEnvoi {
            dossier_id: dossier.demande.id,
            decision_id,
            moyen: ModeNotification::Portail,
            envoye_le: acte.le(),
            par: acte.acteur.id,
            terme: Some(terme),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(dossier),
        Fait::DecisionDeposee { terme },
    )?;
    let lettre = DocumentDepose {
        dossier: entete(dossier),
        le: jour,
        terme,
    }
    .lettre();
    let cle = match decision_id {
        Some(id) => format!("depot:{id}"),
        None => format!("depot_raisons:{}", dossier.demande.id),
    };
    courriel::au_demandeur(tx, acte, &cle, dossier, &lettre)
}

/// Records what is known of a letter, registered or handed over; the decision is notified once the rules say so. The
/// version keeps two agents from recording over each other.
///
/// # Errors
/// A wrong date, a decision notified already, [`ActionError::Perime`], the refusal of the database.
pub fn suivre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    suivi: &Suivi,
) -> ActionResult<Option<NaiveDate>> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    geste::notifier(dossier.demande.etat, dossier.demande.notifiee_le)?;
    let (decision, passage) = prise(tx, &dossier)?;
    signature::notifiable(tx, decision.id, suivi.moyen)?;
    let prise = decision
        .decidee_le
        .map(jour_a_paris)
        .ok_or_else(|| DbError::Incoherent(format!("décision {} sans date", decision.id)))?;
    controler(acte, prise, suivi)?;
    let envoi = en_chemin(tx, acte, &decision, suivi)?;
    let notifiee = jour_qui_compte(acte, &envoi)?;
    envoi::suivre(tx, envoi.id, &suite(&envoi, notifiee))?;
    // A line of its own in the version: the next agent sees what this one wrote.
    demande::modifier(
        tx,
        dossier.demande.id,
        version,
        &ChangementDemande::default(),
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::DecisionEnvoyee {
            mode: suivi.moyen,
            envoyee: suivi.envoyee,
            avisee: suivi.avisee,
            remise: suivi.remise,
            retour: suivi.retour,
            numero: Some(suivi.numero.clone()).filter(|n| !n.is_empty()),
        },
    )?;
    if let Some(le) = notifiee {
        let dossier = demande_etat::charger(tx, scope, numero)?;
        effets::enregistrer(tx, acte, &dossier, (&decision, passage), suivi.moyen, le)?;
    }
    Ok(notifiee)
}

/// The letter on its way, as it now stands: the same one while it did not come back, another one afterwards.
fn en_chemin(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    decision: &Decision,
    suivi: &Suivi,
) -> ActionResult<Envoi> {
    let connu = envoi::dernier(tx, decision.id, suivi.moyen)?
        .filter(|e| e.retour.is_none() && e.notifiee_le.is_none());
    let mut envoi = match connu {
        Some(envoi) => envoi,
        None => {
            envoi::creer(
                tx,
                &NouvelEnvoi {
                    dossier_id: decision.dossier_id,
                    decision_id: Some(decision.id),
                    moyen: suivi.moyen,
                    envoye_le: suivi.envoyee.and_time(NaiveTime::MIN),
                    par: acte.acteur.id,
                    terme: None,
                },
            )?;
            envoi::dernier(tx, decision.id, suivi.moyen)?.ok_or(DbError::Introuvable)?
        }
    };
    envoi.numero = Some(suivi.numero.trim().to_owned()).filter(|n| !n.is_empty());
    (envoi.avisee_le, envoi.remise_le, envoi.retour) = (suivi.avisee, suivi.remise, suivi.retour);
    Ok(envoi)
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

/// The applicant opens the document in the portal: it is notified that very day, or, past the last day to open it, on the
/// day it was made available. Opening it again changes nothing.
///
/// # Errors
/// Nothing was made available to this person, the refusal of the database.
pub fn ouvrir_par_le_demandeur(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
) -> ActionResult<()> {
    portail(tx, acte, scope, numero, true)
}

/// The last day to open a document is over: it is notified on the day it was made available (CRPA R112-20).
///
/// # Errors
/// The refusal of the database.
pub fn constater(tx: &mut WriteTx<'_>, acte: &Acte, demande_id: i64) -> ActionResult<bool> {
    let (numero, _) = rappel::suivi(tx, demande_id)?;
    portail(tx, acte, &CpamScope::National, &numero, false)?;
    Ok(true)
}

/// The same for the reasons of a refusal born of silence (PRO-7).
///
/// # Errors
/// The refusal of the database.
pub fn constater_les_raisons(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    demande_id: i64,
) -> ActionResult<bool> {
    let (numero, _) = rappel::suivi(tx, demande_id)?;
    let dossier = demande_etat::charger(tx, &CpamScope::National, &numero)?;
    raisons(tx, acte, &dossier, false)?;
    Ok(true)
}

/// The reasons of a refusal born of silence count as received, and the delay to contest runs from that day.
fn raisons(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    ouvre: bool,
) -> ActionResult<()> {
    let d = &dossier.demande;
    let ne = d.silence().ok_or_else(aucun)?;
    if ne.recue_le.is_some() {
        return Ok(());
    }
    let mut envoi = envoi::des_raisons(tx, d.id)?.ok_or_else(aucun)?;
    envoi.ouverte_le = ouvre.then(|| acte.le());
    let Some(le) = jour_qui_compte(acte, &envoi)? else {
        return Ok(());
    };
    envoi::suivre(tx, envoi.id, &suite(&envoi, Some(le)))?;
    silence::recevoir(tx, d.id, le)?;
    let recues = SilenceEchu {
        recue_le: Some(le),
        ..ne
    };
    let recours = recues
        .contester_avant(&acte.reglement, territoire(dossier)?)?
        .ok_or(DbError::Introuvable)?;
    tracer(
        tx,
        &acte.acteur,
        objet(dossier),
        Fait::RaisonsRecues { le, recours },
    )?;
    Ok(())
}

fn aucun() -> ActionError {
    ActionError::refus(
        "Aucun document n’attend dans cet espace : la caisse l’envoie par lettre recommandée.",
    )
}

fn portail(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    ouvre: bool,
) -> ActionResult<()> {
    let dossier = demande_etat::charger(tx, scope, numero)?;
    if dossier.demande.notifiee_le.is_some() {
        return Ok(());
    }
    if geste::sans_decision(dossier.demande.etat).is_ok() {
        return raisons(tx, acte, &dossier, ouvre);
    }
    let (decision, passage) = prise(tx, &dossier)?;
    let depose = envoi::dernier(tx, decision.id, ModeNotification::Portail)?
        .filter(|e| e.notifiee_le.is_none());
    let Some(mut envoi) = depose else {
        return Err(aucun());
    };
    signature::notifiable(tx, decision.id, ModeNotification::Portail)?;
    envoi.ouverte_le = ouvre.then(|| acte.le());
    let Some(le) = jour_qui_compte(acte, &envoi)? else {
        return Ok(());
    };
    envoi::suivre(tx, envoi.id, &suite(&envoi, Some(le)))?;
    let decidee = (&decision, passage);
    effets::enregistrer(tx, acte, &dossier, decidee, ModeNotification::Portail, le)
}

/// The decision that was taken, and what its notification makes of the request.
fn prise(
    tx: &mut WriteTx<'_>,
    dossier: &DemandeComplete,
) -> ActionResult<(Decision, Passage<EtatDemande>)> {
    let passage = suivant(dossier, Evenement::Notifier)?;
    let d = &dossier.demande;
    let decision = decision::active(tx, d.id)?
        .ok_or_else(|| DbError::Incoherent(format!("demande {} sans décision", d.numero)))?;
    Ok((decision, passage))
}

/// Whether what is recorded of a sending holds together: no day before the one it follows (`rendue` is that of what is sent),
/// none to come, a receipt for what was handed over, and nothing both delivered and returned.
///
/// # Errors
/// The field that is wrong, with what is expected.
pub(in crate::actions) fn controler(
    acte: &Acte,
    rendue: NaiveDate,
    suivi: &Suivi,
) -> ActionResult<()> {
    let dates = [
        ("envoyee", Some(suivi.envoyee), rendue),
        ("avisee", suivi.avisee, suivi.envoyee),
        ("remise", suivi.remise, suivi.envoyee),
    ];
    for (champ, le, apres) in dates {
        let Some(le) = le else { continue };
        if le < apres {
            return Err(ActionError::champ(
                champ,
                format!(
                    "Cette date ne peut pas précéder le {}.",
                    texte::date_fr(apres)
                ),
            ));
        }
        if le > acte.jour() {
            return Err(ActionError::champ(
                champ,
                "Cette date est dans le futur : enregistrez-la quand elle sera passée.",
            ));
        }
    }
    if suivi.moyen == ModeNotification::MainPropre && suivi.remise.is_none() {
        return Err(ActionError::champ(
            "remise",
            "Indiquez le jour du récépissé signé.",
        ));
    }
    if suivi.remise.is_some() && suivi.retour.is_some() {
        return Err(ActionError::champ(
            "retour",
            "Une lettre remise n’est pas revenue : effacez l’un ou l’autre.",
        ));
    }
    Ok(())
}
