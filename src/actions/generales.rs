//! GEN-1, GEN-2: what an agent records of the general conditions, and what they hold back.

use chrono::NaiveDate;
use regles::condition::{self as regle, Condition, EtatCondition};
use regles::evenement::Fait;
use regles::geste;
use regles::liste_pieces::{EtatLigne, Ligne};
use regles::reglement::Reglement;

use super::depart::en_json;
use super::dossier::{lisible, objet, ouvrir, territoire};
use super::{Acte, ActionError, ActionResult, tracer};
use crate::db::demande::{self, ChangementDemande, Demande};
use crate::db::{CpamScope, DbResult, WriteTx};

/// What the agent says, all at once.
#[derive(Debug, Clone)]
pub struct Notees {
    /// Where each condition stands.
    pub etats: Vec<(Condition, EtatCondition)>,
    /// What was seen, in words.
    pub constat: Option<String>,
    /// Day of the first act billed, when it is known.
    pub premier_acte: Option<NaiveDate>,
}

/// Where each condition of a request stands; `lignes`: its list of documents.
///
/// # Errors
/// What was recorded does not read.
pub fn etats(d: &Demande, lignes: &[Ligne]) -> DbResult<Vec<(Condition, EtatCondition)>> {
    let acceptees: Vec<_> = lignes
        .iter()
        .filter(|l| l.etat == EtatLigne::Acceptee)
        .map(|l| l.nature)
        .collect();
    Ok(regle::etats(&d.generales()?, &acceptees))
}

/// What holds a grant back on `jour`.
///
/// # Errors
/// As [`etats`], and no parameter in force.
pub fn bloquantes(
    reglement: &Reglement,
    d: &Demande,
    lignes: &[Ligne],
    jour: NaiveDate,
) -> ActionResult<Vec<Condition>> {
    Ok(regle::bloquantes(reglement, jour, &etats(d, lignes)?)?)
}

/// Records where every condition stands, and the first act billed.
///
/// # Errors
/// A refusal in words, a day to come, a text that holds a code, [`ActionError::Perime`], the refusal of the database.
pub fn noter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    notees: &Notees,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    geste::noter_generales(d.etat)?;
    let jour = acte.jour_a(territoire(&dossier)?);
    if notees.premier_acte.is_some_and(|le| le > jour) {
        return Err(ActionError::champ(
            "premier_acte",
            "Le premier acte facturé ne peut pas être à venir : indiquez un jour passé, ou laissez vide.",
        ));
    }
    if let Some(constat) = &notees.constat {
        lisible("constat", constat)?;
    }
    let avant = d.generales()?;
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            generales: Some(&en_json(&notees.etats)?),
            premier_acte: Some(notees.premier_acte),
            ..ChangementDemande::default()
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::ConditionsNotees {
            avant,
            apres: notees.etats.clone(),
            premier_acte: notees.premier_acte,
            constat: notees.constat.clone(),
        },
    )?;
    Ok(())
}
