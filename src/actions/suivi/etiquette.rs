//! Labels: made by using them, put on files and taken off.

use regles::evenement::Fait;
use regles::mots::fold;

use super::super::dossier::objet_du_tronc;
use super::super::{Acte, ActionError, ActionResult, tracer};
use super::caisse;
use crate::db::etiquette::{self, Etiquette, NouvelleEtiquette};
use crate::db::{CpamScope, WriteTx, dossier};

/// Longest label, in characters.
const NOM_MAX: usize = 40;

/// The label of these words, made if the CPAM has none.
///
/// # Errors
/// A wrong field when it is empty or too long.
pub(in crate::actions) fn nommee(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    caisse: &str,
    nom: &str,
) -> ActionResult<Etiquette> {
    let nom = nom.trim();
    let pliee = fold(nom);
    if pliee.is_empty() {
        return Err(ActionError::champ(
            "etiquette",
            "Écrivez une étiquette, ou choisissez-en une dans la liste.",
        ));
    }
    if nom.chars().count() > NOM_MAX {
        return Err(ActionError::champ(
            "etiquette",
            format!("Une étiquette fait au plus {NOM_MAX} caractères."),
        ));
    }
    if let Some(connue) = etiquette::par_nom(tx, caisse, &pliee)? {
        return Ok(connue);
    }
    let id = etiquette::creer(
        tx,
        &NouvelleEtiquette {
            caisse_code: caisse,
            nom,
            nom_recherche: &pliee,
            cree_par: acte
                .acteur
                .id
                .ok_or_else(|| ActionError::Regle("a label without an author".to_owned()))?,
            cree_le: acte.le(),
        },
    )?;
    Ok(Etiquette {
        id,
        nom: nom.to_owned(),
    })
}

/// Puts a label on a file, by its words; whether it was not there yet.
///
/// # Errors
/// A wrong field, the refusal of the database.
pub fn etiqueter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    nom: &str,
) -> ActionResult<bool> {
    let caisse = caisse(scope)?.to_owned();
    let dossier = dossier::lire(tx, scope, numero)?;
    let posee = nommee(tx, acte, &caisse, nom)?;
    if !etiquette::poser(tx, posee.id, dossier.id)? {
        return Ok(false);
    }
    tracer(
        tx,
        &acte.acteur,
        objet_du_tronc(&dossier),
        Fait::EtiquettePosee {
            etiquette: posee.nom,
            lot: None,
        },
    )?;
    Ok(true)
}

/// Takes a label off a file; whether it was there.
///
/// # Errors
/// Out of scope, the refusal of the database.
pub fn retirer_etiquette(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    id: i64,
) -> ActionResult<bool> {
    let caisse = caisse(scope)?.to_owned();
    let dossier = dossier::lire(tx, scope, numero)?;
    let retiree = etiquette::lire(tx, &caisse, id)?;
    if !etiquette::retirer(tx, id, dossier.id)? {
        return Ok(false);
    }
    tracer(
        tx,
        &acte.acteur,
        objet_du_tronc(&dossier),
        Fait::EtiquetteRetiree {
            etiquette: retiree.nom,
            lot: None,
        },
    )?;
    Ok(true)
}
