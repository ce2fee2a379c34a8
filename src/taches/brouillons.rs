//! Every morning: drafts that nobody takes up again are announced to their author, then removed with their documents.

use crate::actions::delaisse::{self, Delais};
use crate::actions::rappel::deja_fait;
use crate::actions::{Acte, ActionError, ActionResult};
use crate::app::AppState;
use crate::db::brouillon::{self, Brouillon, Curseur};
use crate::db::{AnyConn, Db, DbResult};

/// Drafts read at once.
const LOT: i64 = 500;

/// What a pass did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bilan {
    /// Authors told.
    pub prevenus: usize,
    /// Drafts removed.
    pub effaces: usize,
    /// Drafts that could not be handled; the log says which.
    pub erreurs: usize,
    /// Keys of the documents that nothing names any more.
    cles: Vec<String>,
}

/// Announces and removes; then takes the documents out of the store.
///
/// # Errors
/// The database does not answer, or no parameter is in force. One bad draft does not stop the others.
pub async fn passer(etat: &AppState, acte: Acte) -> ActionResult<Bilan> {
    let db = etat.db.clone();
    let passage = tokio::task::spawn_blocking(move || parcourir(&db, &acte)).await;
    let mut bilan = match passage {
        Ok(resultat) => resultat?,
        Err(erreur) => return Err(ActionError::Regle(erreur.to_string())),
    };
    for cle in std::mem::take(&mut bilan.cles) {
        // What stays in the store is found by `releve check`.
        if let Err(erreur) = etat.pieces.supprimer(&cle).await {
            tracing::warn!(%cle, %erreur, "a document of a draft stays in the store");
        }
    }
    Ok(bilan)
}

fn parcourir(db: &Db, acte: &Acte) -> ActionResult<Bilan> {
    let delais = Delais::au(&acte.reglement, acte.jour())?;
    let mut bilan = Bilan::default();
    chacun(
        db,
        |conn, apres| brouillon::delaisses(conn, true, delais.effacer_envoi, apres, LOT),
        |b| effacer(db, acte, delais, b, &mut bilan),
    )?;
    chacun(
        db,
        |conn, apres| brouillon::delaisses(conn, false, delais.prevenir, apres, LOT),
        |b| {
            effacer(db, acte, delais, b, &mut bilan);
            match db.write(|tx| delaisse::prevenir_si_la(tx, acte, delais, b)) {
                Ok(true) => bilan.prevenus += 1,
                Ok(false) => {}
                Err(erreur) if deja_fait(&erreur) => {}
                Err(erreur) => echec(b, &erreur, &mut bilan),
            }
        },
    )?;
    Ok(bilan)
}

fn chacun(
    db: &Db,
    lire: impl Fn(&mut AnyConn, Option<Curseur>) -> DbResult<Vec<Brouillon>>,
    mut faire: impl FnMut(&Brouillon),
) -> ActionResult<()> {
    let mut apres = None;
    loop {
        let lot = db.read(|conn| lire(conn, apres))?;
        lot.iter().for_each(&mut faire);
        match lot.last() {
            Some(dernier) => apres = Some((dernier.modifie_le, dernier.id)),
            None => return Ok(()),
        }
    }
}

fn effacer(db: &Db, acte: &Acte, delais: Delais, b: &Brouillon, bilan: &mut Bilan) {
    match db.write(|tx| delaisse::effacer(tx, acte, delais, b)) {
        Ok(Some(cles)) => {
            bilan.effaces += 1;
            bilan.cles.extend(cles);
        }
        Ok(None) => {}
        Err(erreur) => echec(b, &erreur, bilan),
    }
}

fn echec(b: &Brouillon, erreur: &ActionError, bilan: &mut Bilan) {
    bilan.erreurs += 1;
    tracing::error!(brouillon = b.id, error = %erreur, "the daily tick left this draft");
}
