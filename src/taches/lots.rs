//! Bulk acts that a stop of the server interrupted: taken up again at the start. What was done is committed file by file
//! with its result, so that nothing is done twice, even when two servers take the same one up.

use tokio::sync::watch;

use crate::actions::lot as actes;
use crate::actions::{Acte, Acteur, ActionError, ActionResult};
use crate::app::AppState;
use crate::db::lot::{self, Lot};
use crate::db::{CpamScope, DbError, compte};

/// Takes up every interrupted bulk act, in the name of its author, until `arret` says so between two batches; returns how
/// many were brought to their end.
///
/// # Errors
/// The refusal of the database. One that fails does not stop the others.
pub fn reprendre(etat: &AppState, arret: &dyn Fn() -> bool) -> ActionResult<usize> {
    let inacheves = etat.db.read(lot::inacheves)?;
    let mut finis = 0;
    for interrompu in inacheves {
        match finir(etat, &interrompu, arret) {
            Ok(true) => finis += 1,
            Ok(false) => return Ok(finis),
            Err(erreur) => {
                tracing::error!(lot = interrompu.id, %erreur, "a bulk act stopped again")
            }
        }
    }
    Ok(finis)
}

fn finir(etat: &AppState, interrompu: &Lot, arret: &dyn Fn() -> bool) -> ActionResult<bool> {
    let auteur = etat
        .db
        .read(|conn| compte::par_id(conn, interrompu.auteur_id))?
        .ok_or(DbError::Introuvable)?;
    let acte = Acte {
        acteur: Acteur {
            id: Some(auteur.id),
            nom: auteur.nom_complet(),
            le: etat.clock.now(),
        },
        reglement: etat.reglement(),
        url_publique: etat.config.url_publique.clone(),
    };
    let scope = CpamScope::Caisse(interrompu.caisse_code.clone());
    while etat
        .db
        .write(|tx| actes::avancer(tx, &acte, &scope, interrompu.id))?
    {
        if arret() {
            return Ok(false);
        }
    }
    tracing::info!(lot = interrompu.id, "an interrupted bulk act is over");
    Ok(true)
}

/// The same, off the async threads.
pub async fn passer(etat: AppState, arret: watch::Receiver<bool>) {
    let resultat = tokio::task::spawn_blocking(move || reprendre(&etat, &|| *arret.borrow())).await;
    let resultat = match resultat {
        Ok(resultat) => resultat,
        Err(erreur) => Err(ActionError::Regle(erreur.to_string())),
    };
    if let Err(erreur) = resultat {
        tracing::error!(%erreur, "the interrupted bulk acts were not read");
    }
}
