//! Importing the organismes: some hundred rows, in one transaction.

use std::collections::HashMap;
use std::path::Path;

use super::{Bilan, Contexte, ImportError, Issue, accepter, lignes};
use crate::actions::{Objet, tracer};
use crate::db::DbError;
use crate::db::organisme::{self, Organisme};
use crate::import::organismes::check;
use crate::import::rapport::{Compte, Nature};
use crate::import::table::Table;
use regles::evenement::Fait;

/// Imports a file of organismes. What the file leaves empty of address, e-mail and telephone
/// keeps what is stored; an organisme absent from the file is kept, and said.
///
/// # Errors
/// [`ImportError::Refuse`] with the report, and the refusals of the file or of the database.
pub fn organismes(contexte: &Contexte<'_>, file: &Path) -> Result<Bilan, ImportError> {
    let table = Table::read(file)?;
    let (organismes, rapport) = check(&table)?;
    let mut rapport = accepter(rapport)?;
    let mut stored: HashMap<String, Organisme> = contexte
        .db
        .read(organisme::tous)?
        .into_iter()
        .map(|organisme| (organisme.code.clone(), organisme))
        .collect();
    let mut compte = Compte::default();
    let mut changed = Vec::new();
    for mut organisme in organismes {
        let old = stored.remove(&organisme.code);
        if let Some(old) = &old {
            organisme.adresse = organisme.adresse.or_else(|| old.adresse.clone());
            organisme.courriel = organisme.courriel.or_else(|| old.courriel.clone());
            organisme.telephone = organisme.telephone.or_else(|| old.telephone.clone());
        }
        if compte.count(old.as_ref(), &organisme) {
            changed.push(organisme);
        }
    }
    let mut missing: Vec<_> = stored.into_values().collect();
    missing.sort_by(|a, b| a.code.cmp(&b.code));
    for organisme in missing {
        let named = format!("{} {}", organisme.code, organisme.nom);
        rapport.signaler(Nature::AbsentDuFichier, None, named);
    }
    if compte.rien_a_faire() {
        return Ok(Bilan::sans_ecrire(rapport, compte, Issue::Inchange));
    }
    if contexte.simuler {
        return Ok(Bilan::sans_ecrire(rapport, compte, Issue::Simule));
    }
    contexte.db.write(|tx| {
        for organisme in &changed {
            organisme::enregistrer(tx, organisme)?;
        }
        tracer(
            tx,
            contexte.acteur,
            Objet::default(),
            Fait::ImportOrganismes {
                nombre: changed.len(),
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
