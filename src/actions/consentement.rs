//! PRO-8: the consent to be notified in the portal; PRO-6: where the person lives, which gives the court of appeal.

use regles::echeance::fin_brute;
use regles::evenement::Fait;
use regles::identifiants::Insee;

use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::{DbError, WriteTx, commune, consentement, destinataire};

/// The longest address.
const ADRESSE_MAX: usize = 200;

/// Gives the consent, in the words that the person read. Giving it twice changes nothing.
///
/// # Errors
/// The refusal of the database.
pub fn donner(tx: &mut WriteTx<'_>, acte: &Acte, kine_id: i64, texte: &str) -> ActionResult<()> {
    if consentement::dernier(tx, kine_id)?.is_some_and(|c| c.retire_le.is_none()) {
        return Ok(());
    }
    consentement::donner(tx, kine_id, texte, acte.le())?;
    tracer(
        tx,
        &acte.acteur,
        Objet::default(),
        Fait::CompteConsentement {
            jusqu_au: None,
            compte: acte.acteur.id,
        },
    )?;
    Ok(())
}

/// Withdraws the consent; it still counts for the notice of `notification.preavis`.
///
/// # Errors
/// None is in force; the refusal of the database.
pub fn retirer(tx: &mut WriteTx<'_>, acte: &Acte, kine_id: i64) -> ActionResult<()> {
    let donne = consentement::dernier(tx, kine_id)?
        .filter(|c| c.retire_le.is_none())
        .ok_or_else(|| {
            ActionError::refus(
                "Vous n’aviez pas accepté, ou vous avez déjà renoncé : rien n’a changé.",
            )
        })?;
    let preavis = acte.reglement.delai("notification.preavis", acte.jour())?;
    let effet = fin_brute(acte.jour(), preavis).ok_or(DbError::Introuvable)?;
    consentement::retirer(tx, donne.id, acte.le(), effet)?;
    tracer(
        tx,
        &acte.acteur,
        Objet::default(),
        Fait::CompteConsentement {
            jusqu_au: Some(effet),
            compte: acte.acteur.id,
        },
    )?;
    Ok(())
}

/// Writes where the person lives.
///
/// # Errors
/// No street, an unknown commune, the refusal of the database.
pub fn habiter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    kine_id: i64,
    adresse: &str,
    insee: &Insee,
) -> ActionResult<()> {
    let adresse = adresse.trim();
    if adresse.is_empty() || adresse.chars().count() > ADRESSE_MAX {
        return Err(ActionError::champ(
            "adresse",
            "Indiquez le numéro et la rue de votre domicile, en 200 signes au plus.",
        ));
    }
    if commune::lire(tx, insee)?.is_none() {
        return Err(ActionError::champ(
            "insee",
            "Cette commune n’est pas connue : choisissez-la dans la liste.",
        ));
    }
    destinataire::habiter(tx, kine_id, adresse, insee.as_str(), acte.le())?;
    tracer(
        tx,
        &acte.acteur,
        Objet::default(),
        Fait::CompteDomicile {
            compte: acte.acteur.id,
        },
    )?;
    Ok(())
}
