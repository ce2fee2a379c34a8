//! REG-14: what the balance of the ledger is counted with.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use regles::reglement::Reglement;

use super::{ActionError, ActionResult};
use crate::clock;
use crate::db::grand_livre::{Eligible, Seuils};

/// The parameters that say whether a departure is eligible.
const CLES: [&str; 3] = [
    "place.seuil_actes",
    "place.depart_derogataire",
    "place.depart_anterieur_zonage",
];

/// What makes a departure eligible (REG-3, REG-15, REG-16) by instant of confirmation: it is judged by the values in force
/// the day it was confirmed, as its place was, whatever they have become since. `jour`: for a departure whose confirmation
/// carries no instant.
///
/// # Errors
/// No value in force, or one that is not a count.
pub fn seuils(reglement: &Reglement, jour: NaiveDate) -> ActionResult<Seuils> {
    let jours: BTreeSet<NaiveDate> = CLES
        .iter()
        .flat_map(|cle| reglement.historique(cle))
        .map(|valeur| valeur.du)
        .collect();
    let depuis = jours
        .into_iter()
        .map(|du| Ok((clock::minuit_a_paris(du), eligible(reglement, du)?)))
        .collect::<ActionResult<_>>()?;
    Ok(Seuils {
        depuis,
        sans_instant: eligible(reglement, jour)?,
    })
}

fn eligible(reglement: &Reglement, jour: NaiveDate) -> ActionResult<Eligible> {
    let actes = reglement.entier("place.seuil_actes", jour)?;
    let seuil =
        i32::try_from(actes).map_err(|_| ActionError::Regle(format!("seuil de {actes} actes")))?;
    Ok(Eligible {
        seuil,
        sauf_derogation: reglement.texte("place.depart_derogataire", jour)? == "n_ouvre_pas",
        sauf_anterieur: reglement.texte("place.depart_anterieur_zonage", jour)? == "exclu",
    })
}
