//! Who is behind a RPPS: checked once by a caisse, on a case of the practitioner, before a right rests on it.

use regles::evenement::Fait;
use regles::identite::MoyenIdentite;

use super::dossier::objet_du_tronc;
use super::{Acte, ActionError, ActionResult, tracer};
use crate::db::identite::{self, NouvelleVerification};
use crate::db::{CpamScope, WriteTx, dossier};

/// The longest observation, in characters.
const OBSERVATION_MAX: usize = 500;

/// Notes that the caisse made sure of who the practitioner of a case is. Twice is once.
///
/// # Errors
/// A case without a practitioner; [`ActionError::Champ`] on `observation`: too long; the refusal of the database.
pub fn verifier(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    moyen: MoyenIdentite,
    observation: Option<&str>,
) -> ActionResult<bool> {
    if observation.is_some_and(|o| o.chars().count() > OBSERVATION_MAX) {
        return Err(ActionError::champ(
            "observation",
            "Écrivez 500 signes au plus.",
        ));
    }
    let lu = dossier::charger(tx, scope, numero)?;
    let Some(kine_id) = dossier::kine(tx, lu.id)? else {
        return Err(ActionError::refus(
            "Ce dossier n’est pas celui d’une personne : il n’y a pas d’identité à vérifier.",
        ));
    };
    if identite::verifiee(tx, kine_id)? {
        return Ok(false);
    }
    identite::inscrire(
        tx,
        &NouvelleVerification {
            kine_id,
            caisse_code: Some(&lu.caisse_code),
            moyen,
            observation,
            verifiee_le: acte.le(),
            par: acte.acteur.id,
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet_du_tronc(&lu),
        Fait::IdentiteVerifiee {
            moyen,
            personne: lu.nom(),
            observation: observation.map(str::to_owned),
        },
    )?;
    Ok(true)
}
