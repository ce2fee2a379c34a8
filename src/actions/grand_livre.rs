//! REG-14: what the balance of the ledger is counted with.

use chrono::{NaiveDate, NaiveDateTime};
use regles::reglement::Reglement;

use super::{ActionError, ActionResult};
use crate::clock;
use crate::db::grand_livre::Seuils;

/// The floors of acts (REG-3) by instant of confirmation: a departure is judged by the value in force the day
/// it was confirmed, as its place was, whatever the value has become since. `jour`: for a departure whose
/// confirmation carries no instant.
///
/// # Errors
/// No value in force, or one that is not a count.
pub fn seuils(reglement: &Reglement, jour: NaiveDate) -> ActionResult<Seuils> {
    const CLE: &str = "place.seuil_actes";
    let mut depuis: Vec<(NaiveDateTime, i32)> = Vec::new();
    for valeur in reglement.historique(CLE) {
        depuis.push((clock::minuit_a_paris(valeur.du), en_i32(valeur.entier()?)?));
    }
    Ok(Seuils {
        depuis,
        sans_instant: en_i32(reglement.entier(CLE, jour)?)?,
    })
}

fn en_i32(actes: i64) -> ActionResult<i32> {
    i32::try_from(actes).map_err(|_| ActionError::Regle(format!("seuil de {actes} actes")))
}
