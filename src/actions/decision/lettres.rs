//! What the applicant and the leaver read about a decision. A refusal is written with its reasons and its
//! appeal routes, or not at all (PRO-5, PRO-6).

use chrono::NaiveDate;
use regles::demande::Sens;
use regles::regle::Explication;
use regles::texte;

use crate::actions::dossier::{chemin_demandeur, lettre};
use crate::actions::{Acte, ActionError, ActionResult};
use crate::db::DbError;
use crate::db::decision::Decision;
use crate::db::demande::DemandeComplete;
use crate::db::depart::DepartComplet;
use crate::mail::lettre::Lettre;

/// The appeal routes of a refusal (PRO-6: CJA, R421-1 and R421-5; PRO-9: CRPA, L411-2).
struct VoiesDeRecours {
    lignes: [String; 2],
}

impl VoiesDeRecours {
    fn de(acte: &Acte, dossier: &DemandeComplete) -> ActionResult<VoiesDeRecours> {
        let delai = acte.reglement.delai("recours.delai", acte.jour())?;
        Ok(VoiesDeRecours {
            lignes: [
                format!(
                    "Vous pouvez demander à la direction de l’organisme ({}) de revoir sa décision : ce recours gracieux, formé dans \
                     les {delai} qui suivent la notification, conserve le délai du recours contentieux.",
                    dossier.service.nom
                ),
                format!(
                    "Vous pouvez aussi saisir le tribunal administratif dans les {delai} qui suivent la notification \
                     (code de justice administrative, articles R421-1 et R421-5)."
                ),
            ],
        })
    }
}

/// The letter of a refusal: it cannot be made without reasons, nor without appeal routes.
fn refus(lettre: Lettre, decision: &Decision, voies: &VoiesDeRecours) -> ActionResult<Lettre> {
    if decision.motifs.trim().is_empty() {
        return Err(ActionError::refus(
            "Un refus ne peut pas être écrit sans ses motifs (PRO-5).",
        ));
    }
    let mut lettre = lettre
        .paragraphe(
            "Nous n’avons pas pu accorder votre conventionnement, pour les motifs suivants.",
        )
        .paragraphe(decision.motifs.clone());
    if let Some(ecart) = &decision.ecart_motive {
        lettre = lettre.paragraphe(ecart.clone());
    }
    for voie in &voies.lignes {
        lettre = lettre.paragraphe(voie.clone());
    }
    Ok(lettre)
}

/// PRO-10: the decision rests on a computed result, and the person may ask how.
const CALCUL: &str = "Cette décision s’appuie sur un résultat calculé : vous pouvez demander les règles appliquées et la façon dont elles l’ont \
     été (code des relations entre le public et l’administration, article L311-3-1). Les conditions examinées suivent ; elles sont aussi dans votre dossier.";

/// EXP-2: the conditions on which the decision was taken, as they are stored with it.
fn conditions(lettre: Lettre, decision: &Decision) -> ActionResult<Lettre> {
    let explication: Explication = serde_json::from_str(&decision.explication).map_err(|e| {
        DbError::Incoherent(format!("décision {} : explication : {e}", decision.id))
    })?;
    Ok(explication.etapes().iter().fold(lettre, |lettre, e| {
        let portee = e
            .portee()
            .map_or_else(String::new, |portee| format!(", {portee}"));
        lettre.point(
            format!("{}, {}", e.regle, e.constat.libelle()),
            format!("{} ({}{portee})", e.libelle, e.source),
        )
    }))
}

fn signature(lettre: Lettre, acte: &Acte) -> Lettre {
    lettre.point("Décision prise par", acte.acteur.nom.clone())
}

/// The day of the decision.
///
/// # Errors
/// A refusal without reasons, a parameter that is not in force.
pub(super) fn decision(
    acte: &Acte,
    dossier: &DemandeComplete,
    decision: &Decision,
) -> ActionResult<Lettre> {
    let lettre = match decision.sens {
        Sens::Accord => lettre(dossier, "demande_accordee", "Votre conventionnement est accordé")
            .paragraphe(format!(
                "Votre conventionnement est accordé pour votre lieu d’exercice {}.",
                texte::de(&dossier.commune)))
            .paragraphe(format!(
                "La décision va vous être notifiée. Vous aurez alors {} pour commencer les formalités d’installation : \
                 nous vous écrirons la date exacte.",
                acte.reglement.delai("installation.delai", acte.jour())?
            )),
        Sens::Refus => refus(
            lettre(dossier, "demande_refusee", "Une décision a été prise sur votre demande"),
            decision,
            &VoiesDeRecours::de(acte, dossier)?,
        )?
        .paragraphe("Ces délais courent à compter de la notification, que nous vous adressons séparément."),
    };
    Ok(signature(conditions(lettre, decision)?, acte)
        .paragraphe(CALCUL)
        .action("Voir la décision", chemin_demandeur(dossier)))
}

/// The day the notification is recorded; `terme`: end of the delay that begins.
///
/// # Errors
/// A refusal without reasons, a parameter that is not in force.
pub(super) fn notification(
    acte: &Acte,
    dossier: &DemandeComplete,
    decision: &Decision,
    le: NaiveDate,
    terme: NaiveDate,
) -> ActionResult<Lettre> {
    let lettre = match decision.sens {
        Sens::Accord => lettre(dossier, "decision_notifiee", "Commencez votre installation")
            .paragraphe(format!(
                "La décision qui vous accorde le conventionnement vous a été notifiée le {}.",
                texte::date_fr(le)
            ))
            .paragraphe(format!(
                "Commencez les formalités d’installation avant le {} inclus. Passé cette date, l’accord devient caduc (REG-9).",
                texte::date_longue(terme)
            )),
        Sens::Refus => refus(
            lettre(dossier, "decision_notifiee", "La décision sur votre demande vous a été notifiée"),
            decision,
            &VoiesDeRecours::de(acte, dossier)?,
        )?
        .paragraphe(format!(
            "La notification est du {} : vous pouvez agir jusqu’au {} inclus.",
            texte::date_fr(le),
            texte::date_longue(terme)
        )),
    };
    Ok(lettre.action("Voir la décision", chemin_demandeur(dossier)))
}

/// A letter to the leaver about what became of the place.
pub(in crate::actions) fn au_cedant(
    depart: &DepartComplet,
    modele: &'static str,
    sujet: &str,
    phrase: String,
) -> Lettre {
    Lettre::new(modele, sujet)
        .a(depart.kine.nom_complet())
        .paragraphe(phrase)
        .contact(depart.service.lignes())
        .action("Voir ma cessation", "/espace")
}
