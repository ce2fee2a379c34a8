//! Who is behind a RPPS: checked once by a caisse, on a case of the practitioner, before a right rests on it.

use regles::evenement::Fait;
use regles::identite::MoyenIdentite;

use super::dossier::objet_du_tronc;
use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::identite::{self, NouvelleVerification};
use crate::db::{CpamScope, WriteTx, dossier, papier};

/// The longest observation, in characters.
const OBSERVATION_MAX: usize = 500;

/// Whose identity is checked, on which case.
pub(super) struct Controlee<'a> {
    /// The practitioner.
    pub(super) kine_id: i64,
    /// Their name.
    pub(super) personne: String,
    /// The caisse that checks.
    pub(super) caisse_code: &'a str,
    /// The case.
    pub(super) objet: Objet<'a>,
}

/// Writes down a check, once for a practitioner.
///
/// # Errors
/// [`ActionError::Champ`] on `observation`: too long; the refusal of the database.
pub(super) fn noter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    c: &Controlee<'_>,
    moyen: MoyenIdentite,
    observation: Option<&str>,
) -> ActionResult<bool> {
    if observation.is_some_and(|o| o.chars().count() > OBSERVATION_MAX) {
        return Err(ActionError::champ(
            "observation",
            "Écrivez 500 signes au plus.",
        ));
    }
    if identite::verifiee(tx, c.kine_id)? {
        return Ok(false);
    }
    identite::inscrire(
        tx,
        &NouvelleVerification {
            kine_id: c.kine_id,
            caisse_code: Some(c.caisse_code),
            moyen,
            observation,
            verifiee_le: acte.le(),
            par: acte.acteur.id,
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        c.objet,
        Fait::IdentiteVerifiee {
            moyen,
            personne: c.personne.clone(),
            observation: observation.map(str::to_owned),
        },
    )?;
    Ok(true)
}

/// Notes that the caisse made sure of who the practitioner of a case is. Twice is once. On the file of somebody known by a
/// paper, whoever holds the account of the same number is checked with them, and the file may then be linked to it.
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
    let lu = dossier::charger(tx, scope, numero)?;
    let Some(kine_id) = dossier::kine(tx, lu.id)? else {
        return Err(ActionError::refus(
            "Ce dossier n’est pas celui d’une personne : il n’y a pas d’identité à vérifier.",
        ));
    };
    let controlee = Controlee {
        kine_id,
        personne: lu.nom(),
        caisse_code: &lu.caisse_code,
        objet: objet_du_tronc(&lu),
    };
    let faite = noter(tx, acte, &controlee, moyen, observation)?;
    let Some(titulaire) = papier::autre_titulaire(tx, kine_id)? else {
        return Ok(faite);
    };
    let du_compte = Controlee {
        kine_id: titulaire,
        ..controlee
    };
    Ok(noter(tx, acte, &du_compte, moyen, observation)? || faite)
}
