//! Importing the table of courts: one line per commune, in one transaction.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::{Bilan, Contexte, ImportError, Issue, accepter, lignes};
use crate::actions::{Objet, tracer};
use crate::db::destinataire::{self, TribunalDeCommune};
use crate::db::{DbError, commune};
use crate::import::rapport::Compte;
use crate::import::table::Table;
use crate::import::tribunaux::check;
use regles::evenement::Fait;

/// Imports a file of courts. A commune absent from the file keeps the court that is stored.
///
/// # Errors
/// [`ImportError::Refuse`] with the report, and the refusals of the file or of the database.
pub fn tribunaux(contexte: &Contexte<'_>, file: &Path) -> Result<Bilan, ImportError> {
    let table = Table::read(file, contexte.feuille)?;
    let connues: HashSet<String> = contexte.db.read(commune::connues)?.into_keys().collect();
    let (lus, rapport) = check(&table, &connues)?;
    let rapport = accepter(rapport)?;
    let stockes: HashMap<String, TribunalDeCommune> = contexte
        .db
        .read(destinataire::tribunaux)?
        .into_iter()
        .map(|t| (t.insee.clone(), t))
        .collect();
    let mut compte = Compte::default();
    let changes: Vec<_> = lus
        .into_iter()
        .filter(|t| compte.count(stockes.get(&t.insee), t))
        .collect();
    if compte.rien_a_faire() {
        return Ok(Bilan::sans_ecrire(rapport, compte, Issue::Inchange));
    }
    if contexte.simuler {
        return Ok(Bilan::sans_ecrire(rapport, compte, Issue::Simule));
    }
    contexte.db.write(|tx| {
        for tribunal in &changes {
            destinataire::enregistrer(tx, tribunal)?;
        }
        tracer(
            tx,
            contexte.acteur,
            Objet::default(),
            Fait::ImportTribunaux {
                nombre: changes.len(),
                lignes: lignes(compte),
                empreinte: table.empreinte.clone(),
            },
        )?;
        Ok::<_, DbError>(())
    })?;
    Ok(Bilan {
        transactions: 1,
        ..Bilan::sans_ecrire(rapport, compte, Issue::Enregistre)
    })
}
