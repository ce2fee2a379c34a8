//! What the letters of a decision are made of. A refusal is written with its reasons and its appeal routes, or not at
//! all (PRO-5, PRO-6).

use chrono::NaiveDate;
use courriers::decision::{DecisionNotifiee, DemandeAccordee, DemandeRefusee, Fondee, Refus};
use courriers::{Courrier, Lettre};
use regles::accuse::voies_de_recours;
use regles::demande::Sens;
use regles::regle::Explication;

use crate::actions::dossier::entete;
use crate::actions::{Acte, ActionError, ActionResult};
use crate::clock::jour_a_paris;
use crate::db::DbError;
use crate::db::decision::Decision;
use crate::db::demande::DemandeComplete;

fn refus<'a>(acte: &Acte, decision: &'a Decision) -> ActionResult<Refus<'a>> {
    // The routes are those of the day of the decision, as its page says them.
    let jour = decision.decidee_le.map_or(acte.jour(), jour_a_paris);
    Refus::new(
        &decision.motifs,
        decision.ecart_motive.as_deref(),
        voies_de_recours(&acte.reglement, jour)?,
    )
    .ok_or_else(|| ActionError::refus("Un refus ne peut pas être écrit sans ses motifs (PRO-5)."))
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
    let explication: Explication = serde_json::from_str(&decision.explication).map_err(|e| {
        DbError::Incoherent(format!("décision {} : explication : {e}", decision.id))
    })?;
    let fondee = Fondee {
        explication: &explication,
        par: &acte.acteur.nom,
    };
    Ok(match decision.sens {
        Sens::Accord => DemandeAccordee {
            dossier: entete(dossier),
            commune: &dossier.commune,
            delai: acte.reglement.delai("installation.delai", acte.jour())?,
            fondee: &fondee,
        }
        .lettre(),
        Sens::Refus => DemandeRefusee {
            dossier: entete(dossier),
            refus: &refus(acte, decision)?,
            fondee: &fondee,
        }
        .lettre(),
    })
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
    let refus = match decision.sens {
        Sens::Accord => None,
        Sens::Refus => Some(refus(acte, decision)?),
    };
    Ok(DecisionNotifiee {
        dossier: entete(dossier),
        le,
        terme,
        refus: refus.as_ref(),
    }
    .lettre())
}
