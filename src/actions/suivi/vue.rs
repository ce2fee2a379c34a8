//! Saved views of the queue.

use super::super::dossier::obligatoire;
use super::super::{Acte, ActionError, ActionResult};
use crate::db::vue::{self, NouvelleVue};
use crate::db::{DbError, WriteTx};

/// Longest name, in characters.
const NOM_MAX: usize = 60;

/// Saves what the queue shows under a name; a view of the same name and author is replaced.
///
/// # Errors
/// A wrong field, the refusal of the database.
pub fn enregistrer_vue(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    caisse: &str,
    nom: &str,
    requete: &str,
    partagee: bool,
) -> ActionResult<i64> {
    let nom = obligatoire("nom", nom, "Donnez un nom à la vue pour la retrouver.")?;
    if nom.chars().count() > NOM_MAX {
        return Err(ActionError::champ(
            "nom",
            format!("Le nom d’une vue fait au plus {NOM_MAX} caractères."),
        ));
    }
    Ok(vue::enregistrer(
        tx,
        &NouvelleVue {
            compte_id: auteur(acte)?,
            caisse_code: caisse,
            nom,
            requete,
            partagee,
            cree_le: acte.le(),
        },
    )?)
}

/// Removes a view, by its author.
///
/// # Errors
/// [`DbError::Introuvable`] when it is somebody else's.
pub fn supprimer_vue(tx: &mut WriteTx<'_>, acte: &Acte, caisse: &str, id: i64) -> ActionResult<()> {
    let auteur = auteur(acte)?;
    if vue::lire(tx, caisse, auteur, id)?.compte_id != auteur {
        return Err(DbError::Introuvable.into());
    }
    Ok(vue::supprimer(tx, id)?)
}

fn auteur(acte: &Acte) -> ActionResult<i64> {
    acte.acteur
        .id
        .ok_or_else(|| ActionError::Regle("a view without an author".to_owned()))
}
