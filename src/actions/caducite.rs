//! The day after: places without successor (REG-6) and grants without installation (REG-9) lapse by themselves;
//! the team of the CPAM is told. The implicit decision never is recorded by the software (PRO-7).

use regles::echeance::NatureEcheance;
use regles::rappel::DEPASSEE;

use super::rappel::lettres::{accord_caduc, fin_de_place};
use super::{Acte, ActionResult, courriel, depart, installation};
use crate::db::demande;
use crate::db::echeance;
use crate::db::{CpamScope, WriteTx, depart as stockes, place, rappel};
use courriers::Lettre;

/// REG-6, REG-12: ends the two years of a place: it lapses, or is to be attributed. Returns whether they ended.
pub fn de_place(tx: &mut WriteTx<'_>, acte: &Acte, place_id: i64) -> ActionResult<bool> {
    let delai = echeance::en_cours(tx, place_id, NatureEcheance::DesignationSuccesseur)?;
    let Some(devenue) = depart::constater_fin(tx, acte, place_id)? else {
        return Ok(false);
    };
    let lue = place::par_id(tx, place_id)?;
    let depart = stockes::complete(tx, &CpamScope::National, lue.depart_id)?;
    let equipe = rappel::equipe(tx, &lue.caisse_code, acte.jour())?;
    prevenir(
        tx,
        acte,
        &format!(
            "place_{}_equipe:{place_id}:{}",
            devenue.as_str(),
            lue.version
        ),
        &equipe,
        &fin_de_place(&depart, devenue),
    )?;
    noter(tx, acte, delai.map(|d| d.id))?;
    Ok(true)
}

/// REG-9, REG-17: makes a grant lapse if its six months are over, or its condition unmet. Returns whether it did.
pub fn d_accord(tx: &mut WriteTx<'_>, acte: &Acte, demande_id: i64) -> ActionResult<bool> {
    let delai = match echeance::en_cours(tx, demande_id, NatureEcheance::Installation)? {
        Some(delai) => Some(delai),
        None => echeance::en_cours(tx, demande_id, NatureEcheance::ReserveAccord)?,
    };
    if !installation::constater_caducite(tx, acte, demande_id)? {
        return Ok(false);
    }
    let (numero, suivi_par) = rappel::suivi(tx, demande_id)?;
    let dossier = demande::complete(tx, &CpamScope::National, &numero)?;
    let mut equipe: Vec<String> = suivi_par.into_iter().collect();
    equipe.extend(rappel::equipe(
        tx,
        &dossier.demande.caisse_code,
        acte.jour(),
    )?);
    equipe.dedup();
    prevenir(
        tx,
        acte,
        &format!("demande_caduque_equipe:{demande_id}"),
        &equipe,
        &accord_caduc(&dossier, delai.as_ref().map(|d| d.finale)),
    )?;
    noter(tx, acte, delai.map(|d| d.id))?;
    Ok(true)
}

fn prevenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    cle: &str,
    adresses: &[String],
    lettre: &Lettre,
) -> ActionResult<()> {
    for (rang, adresse) in adresses.iter().enumerate() {
        courriel::deposer(tx, acte, &format!("{cle}:{rang}"), adresse, lettre)?;
    }
    Ok(())
}

/// What was just said is the reminder of the day after: it is not sent a second time (ECH-5).
fn noter(tx: &mut WriteTx<'_>, acte: &Acte, echeance_id: Option<i64>) -> ActionResult<()> {
    match echeance_id {
        Some(id) => Ok(rappel::noter(tx, id, DEPASSEE, acte.le())?),
        None => Ok(()),
    }
}
