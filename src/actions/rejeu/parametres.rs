//! The sets of parameters that stored explanations rest on.

use regles::reglement::Reglement;

use crate::actions::{ActionResult, parametre};
use crate::db::{Db, reglement};

/// Sets of parameters kept in memory: rows come in the order in which they were written.
const REGLEMENTS: usize = 4;

/// The sets of parameters read last.
#[derive(Default)]
pub(super) struct Connus(Vec<(String, Result<Reglement, String>)>);

impl Connus {
    /// The parameters of a version, or why they do not read.
    pub(super) fn de(
        &mut self,
        db: &Db,
        version: &str,
    ) -> ActionResult<Result<&Reglement, String>> {
        if !self.0.iter().any(|(v, _)| v == version) {
            let lu = lire(db, version)?;
            if self.0.len() == REGLEMENTS {
                self.0.drain(..1);
            }
            self.0.push((version.to_owned(), lu));
        }
        Ok(match self.0.iter().find(|(v, _)| v == version) {
            Some((_, Ok(reglement))) => Ok(reglement),
            Some((_, Err(raison))) => Err(raison.clone()),
            None => Err("paramètres non lus".to_owned()),
        })
    }
}

/// The parameters of a version: kept whole, or those of today when they are the same.
fn lire(db: &Db, version: &str) -> ActionResult<Result<Reglement, String>> {
    let Some(contenu) = db.read(|conn| reglement::lire(conn, version))? else {
        let actuel = db.read(parametre::frais)?;
        return Ok(if actuel.version() == version {
            Ok(actuel)
        } else {
            Err("cette version des paramètres n’est plus connue".to_owned())
        });
    };
    Ok(match serde_json::from_str::<Reglement>(&contenu) {
        Ok(lu) if lu.version() == version => Ok(lu),
        Ok(_) => Err("les paramètres conservés ne sont plus ceux de cette version".to_owned()),
        Err(erreur) => Err(format!(
            "les paramètres conservés ne se lisent pas ({erreur})"
        )),
    })
}
