//! PRO-7: silence was worth an answer. The house states it and tells it, the person asks for the reasons or for the
//! attestation, the caisse gives them; the request keeps its state throughout.

use chrono::NaiveDate;
use courriers::Courrier;
use courriers::decision::Signature;
use courriers::silence::{AttestationDuSilence, MotifsImplicite, SilenceEchu as Lettre};
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::geste;
use regles::recours::{self, Conteste};
use regles::reglement::Reglement;
use regles::silence::{self as regle, EffetSilence, SilenceEchu, effet_du_silence};

use super::destinataires::destinataires;
use super::dossier::{entete, motif, objet, ouvrir, territoire};
use super::echeance::{self, Ouverture};
use super::ecrit::{self, Emission, Entourage, Fige};
use super::{Acte, ActionError, ActionResult, courriel, decision, tracer};
use crate::clock::jour_a_paris;
use crate::db::demande::{self, ChangementDemande, DemandeComplete};
use crate::db::{
    AnyConn, CpamScope, DbError, WriteTx, consentement, destinataire, echeance as echeances,
    rappel, silence,
};

/// Characters at most in the reasons.
const LONGUEUR: usize = 10_000;

/// The delay of a request ended without an answer: states what it is worth and tells who asked. Returns whether it was
/// worth one.
///
/// # Errors
/// The refusal of the database.
pub fn constater(tx: &mut WriteTx<'_>, acte: &Acte, demande_id: i64) -> ActionResult<bool> {
    let (numero, _) = rappel::suivi(tx, demande_id)?;
    let dossier = demande::complete(tx, &CpamScope::National, &numero)?;
    let Some(delai) = echeances::en_cours(tx, demande_id, NatureEcheance::DecisionImplicite)?
    else {
        return Ok(false);
    };
    // What silence is worth is of the day of the receipt, which said so.
    let recue = jour_a_paris(dossier.demande.deposee_le);
    let effet = effet_du_silence(&acte.reglement, recue)?;
    let Some(ne) = regle::constater(effet, dossier.demande.etat, delai.finale, acte.jour()) else {
        return Ok(false);
    };
    silence::constater(tx, demande_id, ne.effet, ne.le)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::SilenceEchu {
            effet: ne.effet,
            le: ne.le,
        },
    )?;
    let lettre = Lettre {
        dossier: entete(&dossier),
        silence: ne,
        avant: avant(acte, &dossier, ne)?,
        recours: voies(tx, &acte.reglement, &dossier, ne)?,
    }
    .lettre();
    courriel::au_demandeur(
        tx,
        acte,
        &format!("silence_echu:{demande_id}"),
        &dossier,
        &lettre,
    )?;
    Ok(true)
}

/// The last day to contest a refusal, or to withdraw an acceptance.
fn avant(acte: &Acte, dossier: &DemandeComplete, ne: SilenceEchu) -> ActionResult<NaiveDate> {
    let contester = ne.contester_avant(&acte.reglement, territoire(dossier)?)?;
    let retirer = ne.retirer_avant(&acte.reglement)?;
    Ok(contester.or(retirer).ok_or(DbError::Introuvable)?)
}

/// The routes of appeal against what was born; none for an acceptance.
///
/// # Errors
/// No parameter in force, the refusal of the database.
pub fn voies(
    conn: &mut AnyConn,
    reglement: &Reglement,
    dossier: &DemandeComplete,
    ne: SilenceEchu,
) -> ActionResult<Vec<String>> {
    if ne.effet == EffetSilence::Acceptation {
        return Ok(Vec::new());
    }
    let voie = recours::voie(reglement, ne.le)?;
    let ressort = destinataire::ressort(conn, dossier.demande.kine_id)?;
    let destinataires = destinataires(voie, &dossier.service, ressort);
    Ok(recours::textes(
        reglement,
        ne.le,
        Conteste::Silence,
        &destinataires,
    )?)
}

/// The person asks for the reasons of the refusal, within the delay to contest it, or for the attestation.
///
/// # Errors
/// A refusal in words, [`ActionError::Perime`], the refusal of the database.
pub fn interroger(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    numero: &str,
    version: i32,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, &CpamScope::Kine(kine_id), numero, version)?;
    let d = &dossier.demande;
    geste::sans_decision(d.etat)?;
    let ne = d.silence();
    let limite = match ne {
        Some(ne) => ne.contester_avant(&acte.reglement, territoire(&dossier)?)?,
        None => None,
    };
    regle::demander(ne, limite, acte.jour())?;
    let ne = ne.ok_or(DbError::Introuvable)?;
    silence::demander(tx, d.id, acte.jour())?;
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    if ne.effet == EffetSilence::Rejet {
        echeance::ouvrir(
            tx,
            acte,
            &Ouverture {
                caisse_code: &d.caisse_code,
                territoire: territoire(&dossier)?,
                dossier_id: d.id,
                nature: NatureEcheance::MotifsSilence,
                depart: acte.jour(),
                delai: NatureEcheance::MotifsSilence.delai(&acte.reglement, acte.jour())?,
                suspensions: &[],
            },
        )?;
    }
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::SilenceInterroge { effet: ne.effet },
    )?;
    Ok(())
}

/// What the caisse answers.
#[derive(Debug, Clone, Default)]
pub struct Reponse {
    /// The reasons, for a refusal.
    pub motifs: String,
    /// CRPA L212-1: capacity of who gives them; may be empty.
    pub qualite: String,
    /// Day the letter was handed over, where the person did not accept the portal.
    pub remise: Option<NaiveDate>,
}

/// The caisse gives what was asked for: the reasons, in law and in fact, or the attestation, which says nothing but what the
/// silence was worth.
///
/// # Errors
/// Reasons left empty or too long, a refusal in words, [`ActionError::Perime`], the refusal of the database.
pub fn repondre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    reponse: &Reponse,
) -> ActionResult<EffetSilence> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    geste::sans_decision(d.etat)?;
    regle::repondre(d.silence())?;
    let ne = d.silence().ok_or(DbError::Introuvable)?;
    let consenti = consentement::dernier(tx, d.kine_id)?.is_some_and(|c| c.vaut(acte.jour()));
    let (motifs, recue_le) = match ne.effet {
        EffetSilence::Acceptation => (None, Some(acte.jour())),
        EffetSilence::Rejet => (
            Some(raisons(&reponse.motifs)?),
            jour_des_raisons(acte, ne, consenti, reponse.remise)?,
        ),
    };
    let par = acte.acteur.id.ok_or(DbError::Introuvable)?;
    silence::repondre(
        tx,
        d.id,
        &silence::Reponse {
            le: acte.jour(),
            recue_le,
            par,
            texte: motifs,
        },
    )?;
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    if ne.effet == EffetSilence::Rejet {
        echeance::satisfaire(
            tx,
            acte,
            d.id,
            NatureEcheance::MotifsSilence,
            "Raisons données",
        )?;
    }
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::SilenceRepondu {
            effet: ne.effet,
            motifs: motifs.map(str::to_owned),
        },
    )?;
    if let Some(motifs) = motifs {
        ecrire_les_raisons(tx, acte, &dossier, ne, (motifs, &reponse.qualite))?;
        // PRO-8: without the portal, the letter that was handed over says it.
        decision::deposer(tx, acte, &dossier, None)?;
        return Ok(ne.effet);
    }
    let lettre = AttestationDuSilence {
        dossier: entete(&dossier),
    }
    .lettre();
    courriel::au_demandeur(
        tx,
        acte,
        &format!("reponse_silence:{}", d.id),
        &dossier,
        &lettre,
    )?;
    Ok(ne.effet)
}

/// Letter 28, frozen with the act that gives the reasons.
fn ecrire_les_raisons(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    ne: SilenceEchu,
    (motifs, qualite): (&str, &str),
) -> ActionResult<()> {
    let d = &dossier.demande;
    let voie = recours::voie(&acte.reglement, acte.jour())?;
    let destinataires = destinataires(
        voie,
        &dossier.service,
        destinataire::ressort(tx, d.kine_id)?,
    );
    let envoi = ecrit::envoi(tx, d.kine_id, acte.jour())?;
    let entourage = Entourage::de_la_demande(tx, acte, dossier, Some(envoi), acte.jour())?;
    let document = MotifsImplicite {
        demandees_le: ne.demande_le.unwrap_or(ne.le),
        silence_le: ne.le,
        motifs,
        // The delay begins again with their notification, as that of a decision.
        voies: &recours::textes(
            &acte.reglement,
            acte.jour(),
            Conteste::Decision,
            &destinataires,
        )?,
        signature: Signature {
            nom: &acte.acteur.nom,
            qualite: match qualite.trim() {
                "" => "pour le service",
                dite => dite,
            },
            caisse: &dossier.service.nom,
            le: acte.jour(),
            delegation: None,
            homologation: None,
        },
    }
    .document(&entourage.enveloppe())?;
    let emission = Emission {
        dossier_id: d.id,
        objet: objet(dossier),
        decision_id: None,
        cle: &format!("raisons:{}", d.id),
        code: None,
    };
    ecrit::emettre(tx, acte, emission, &Fige::de(&document)?)
}

/// PRO-8: the day from which the reasons count: that on which the letter was handed over; none yet in the portal, where they
/// wait to be opened.
fn jour_des_raisons(
    acte: &Acte,
    ne: SilenceEchu,
    consenti: bool,
    remise: Option<NaiveDate>,
) -> ActionResult<Option<NaiveDate>> {
    if consenti {
        return Ok(None);
    }
    let Some(le) = remise else {
        return Err(ActionError::champ(
            "remise",
            "Cette personne n’a pas accepté de recevoir ses documents dans son espace : envoyez-lui les raisons par lettre recommandée, puis indiquez le jour où elle lui a été remise.",
        ));
    };
    if le > acte.jour() || ne.demande_le.is_some_and(|demande| le < demande) {
        return Err(ActionError::champ(
            "remise",
            "Indiquez un jour entre la demande de la personne et aujourd’hui.",
        ));
    }
    Ok(Some(le))
}

fn raisons(motifs: &str) -> ActionResult<&str> {
    let motifs = motif(
        "motifs",
        motifs,
        "Donnez les raisons : le texte appliqué, et les faits de ce dossier.",
    )?;
    if motifs.chars().count() > LONGUEUR {
        return Err(ActionError::champ(
            "motifs",
            format!("Ces raisons sont trop longues : {LONGUEUR} caractères au plus."),
        ));
    }
    Ok(motifs)
}
