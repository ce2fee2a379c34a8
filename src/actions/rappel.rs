//! ECH-5: reminds of one deadline, once: decided by the rules, noted and queued in one transaction.

mod attribution;
pub(super) mod lettres;

use chrono::NaiveDate;
use regles::echeance::{Delai, NatureEcheance};
use regles::evenement::Fait;
use regles::preference::Sujet;
use regles::rappel::{DEPASSEE, a_envoyer, delai_du_code};
use regles::reglement::Reglement;

use super::courriel::{self, Destinataire};
use super::{Acte, ActionError, ActionResult, Objet, preference, tracer};
use crate::db::contrainte::Contrainte;
use crate::db::echeance::EcheanceStockee;
use crate::db::{DbError, WriteTx, compte, rappel};

/// The last day of a deadline that may have a reminder due on `jour`: those that end later wait.
///
/// # Errors
/// No parameter in force on that day.
pub fn horizon(reglement: &Reglement, jour: NaiveDate) -> ActionResult<NaiveDate> {
    let mut jours = 1;
    for nature in NatureEcheance::TOUS {
        for code in reglement.liste(nature.fiche().rappels, jour)? {
            jours = jours.max(match delai_du_code(code) {
                Some(Delai::Jours(n)) => u64::from(n),
                Some(Delai::Mois(n)) => u64::from(n) * 31,
                Some(Delai::Annees(n)) => u64::from(n) * 366,
                None => 1,
            });
        }
    }
    jour.checked_add_days(chrono::Days::new(jours))
        .ok_or_else(|| ActionError::Regle("date hors du calendrier".to_owned()))
}

/// The code due today for a deadline, if any: the latest one, unless it was sent (ECH-5).
///
/// # Errors
/// No parameter in force today.
pub fn du(
    reglement: &Reglement,
    jour: NaiveDate,
    echeance: &EcheanceStockee,
    envoyes: &[String],
) -> ActionResult<Option<String>> {
    let codes = reglement.liste(echeance.nature.fiche().rappels, jour)?;
    Ok(a_envoyer(codes, echeance.finale, jour, envoyes).cloned())
}

/// Sends what is due today for a deadline. Returns the code sent; none when it was met, moved, or sent already.
///
/// # Errors
/// The case of the deadline is missing, the refusal of the database.
pub fn rappeler(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    echeance_id: i64,
) -> ActionResult<Option<String>> {
    let Some(echeance) = rappel::echeance_si_en_cours(tx, echeance_id)? else {
        return Ok(None);
    };
    let envoyes: Vec<String> = rappel::envoyes(tx, &[echeance_id])?
        .into_iter()
        .map(|(_, code)| code)
        .collect();
    let Some(code) = du(&acte.reglement, acte.jour(), &echeance, &envoyes)? else {
        return Ok(None);
    };
    rappel::noter(tx, echeance_id, &code, acte.le())?;
    let envois = lettres::ecrire(tx, acte, &echeance, code == DEPASSEE)?;
    // The event first: the mails are about its case.
    tracer(
        tx,
        &acte.acteur,
        Objet::dossier(&echeance.caisse_code, echeance.dossier_id),
        Fait::RappelEnvoye {
            echeance: echeance_id,
            code: code.clone(),
            destinataires: envois.len(),
            rappelee: echeance.nature,
            avant_le: echeance.finale,
        },
    )?;
    for (rang, (a, lettre)) in envois.iter().enumerate() {
        if let Destinataire::Courriel(adresse) = a
            && !veut(tx, adresse, &code)?
        {
            continue;
        }
        let cle = format!("rappel:{echeance_id}:{code}:{rang}");
        courriel::envoyer(tx, acte, &cle, a, lettre)?;
    }
    Ok(Some(code))
}

/// Whether a practitioner wants this reminder: those of the last ten days and of the day after are not optional.
fn veut(tx: &mut WriteTx<'_>, adresse: &str, code: &str) -> ActionResult<bool> {
    let dernier = code == DEPASSEE
        || code
            .strip_suffix('j')
            .and_then(|n| n.parse::<u32>().ok())
            .is_some_and(|jours| jours <= 10);
    if dernier {
        return Ok(true);
    }
    match compte::par_courriel(tx, adresse)? {
        Some(compte) => preference::chaque_fois(tx, compte.id, Sujet::Rappels),
        None => Ok(true),
    }
}

/// Whether an error only says that another process was faster.
pub fn deja_fait(erreur: &ActionError) -> bool {
    matches!(
        erreur,
        ActionError::Perime
            | ActionError::Db(DbError::Contrainte(
                Contrainte::RappelUneFois | Contrainte::TacheUneFois
            ))
    )
}
