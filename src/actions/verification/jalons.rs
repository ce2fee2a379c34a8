//! The jalons: each note bears the signature of the key, and signs the trees that are kept with it. That the chains are still
//! those of these trees is seen where they are followed.

use preuve::Cle;

use super::Verification;
use crate::actions::jalon::{Exporte, sommet};
use crate::actions::{ActionError, ActionResult};
use crate::db::Db;
use crate::db::jalon::{self, ChaineDuJalon};

/// Jalons read at once.
const LOT: i64 = 200;

const REGLE: &str = "jalon";

/// Verifies every jalon of the database.
pub(super) fn verifier(db: &Db, cle: &Cle, v: &mut Verification<'_>) -> ActionResult<()> {
    v.bilan.controles += 1;
    let mut apres = 0;
    loop {
        let lot = db.read(|conn| jalon::apres(conn, apres, LOT))?;
        let Some(dernier) = lot.last() else {
            return Ok(());
        };
        apres = dernier.id;
        for j in &lot {
            let chaines = db.read(|conn| jalon::chaines(conn, j.id))?;
            let objet = format!("jalon {}", j.id);
            match cle.nommee_par(&j.note).and_then(|cle| cle.lire(&j.note)) {
                Err(erreur) => v.signaler(REGLE, &erreur.to_string(), true, objet),
                Ok(signe) => {
                    if signe.jalon.racine != sommet(&chaines)?.racine() {
                        v.signaler(REGLE, DEPAREILLE, true, objet.clone());
                    }
                    if signe.jalon.le != j.le {
                        v.signaler(
                            REGLE,
                            "l’instant n’est pas celui qui a été signé",
                            true,
                            objet,
                        );
                    }
                }
            }
        }
    }
}

const DEPAREILLE: &str = "les arbres gardés avec lui ne sont pas ceux qu’il signe";

/// The trees of a jalon that was kept elsewhere, once its signature is verified.
///
/// # Errors
/// In words, what in it cannot be believed.
pub fn ailleurs(exporte: &Exporte, cle: &Cle) -> ActionResult<Vec<ChaineDuJalon>> {
    let signe = cle
        .nommee_par(&exporte.note)
        .and_then(|cle| cle.lire(&exporte.note))
        .map_err(|erreur| ActionError::refus(erreur.to_string()))?;
    let chaines: Vec<ChaineDuJalon> = exporte
        .chaines
        .iter()
        .map(|c| {
            Ok(ChaineDuJalon {
                code: c.code.clone(),
                taille: i64::try_from(c.racine.taille)
                    .map_err(|_| ActionError::refus(DEPAREILLE))?,
                racine: c.racine.empreinte,
            })
        })
        .collect::<ActionResult<_>>()?;
    if signe.jalon.racine != sommet(&chaines)?.racine() {
        return Err(ActionError::refus(DEPAREILLE));
    }
    Ok(chaines)
}
