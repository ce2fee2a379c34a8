//! Importing the caisses: some hundred rows, in one transaction.

use std::collections::HashMap;
use std::path::Path;

use super::{Bilan, Contexte, ImportError, Issue, accepter, lignes};
use crate::actions::{Objet, tracer};
use crate::db::DbError;
use crate::db::caisse::{self, Caisse};
use crate::import::caisses::check;
use crate::import::rapport::{Compte, Nature};
use crate::import::table::Table;
use regles::caisse::DonneeCaisse;
use regles::evenement::Fait;
use regles::texte::minuscule_initiale;

/// What a receipt says of whom to write to (PRO-2) and that is recorded nowhere; nothing when all is.
fn contacts_manquants(caisse: &Caisse) -> Option<String> {
    let manquent: Vec<String> = [
        DonneeCaisse::Service,
        DonneeCaisse::Adresse,
        DonneeCaisse::Courriel,
        DonneeCaisse::Telephone,
    ]
    .into_iter()
    .filter(|d| caisse.donnee(*d).is_none_or(|v| v.trim().is_empty()))
    .map(|d| minuscule_initiale(d.libelle()))
    .collect();
    (!manquent.is_empty()).then(|| manquent.join(", "))
}

/// Imports a file of caisses. What the file leaves empty of the record
/// keeps what is stored; a caisse absent from the file is kept, and said.
///
/// # Errors
/// [`ImportError::Refuse`] with the report, and the refusals of the file or of the database.
pub fn caisses(contexte: &Contexte<'_>, file: &Path) -> Result<Bilan, ImportError> {
    let table = Table::read(file, contexte.feuille)?;
    let (caisses, rapport) = check(&table)?;
    let mut rapport = accepter(rapport)?;
    let mut stored: HashMap<String, Caisse> = contexte
        .db
        .read(caisse::tous)?
        .into_iter()
        .map(|caisse| (caisse.code.clone(), caisse))
        .collect();
    let mut compte = Compte::default();
    let mut changed = Vec::new();
    for mut caisse in caisses {
        let old = stored.remove(&caisse.code);
        if let Some(old) = &old {
            caisse.garder(old);
        }
        if let Some(manquent) = contacts_manquants(&caisse) {
            let dite = format!("{} {} : {manquent}", caisse.code, caisse.nom);
            rapport.signaler(Nature::ContactIncomplet, None, dite);
        }
        if compte.count(old.as_ref(), &caisse) {
            changed.push(caisse);
        }
    }
    let mut missing: Vec<_> = stored.into_values().collect();
    missing.sort_by(|a, b| a.code.cmp(&b.code));
    for caisse in missing {
        let named = format!("{} {}", caisse.code, caisse.nom);
        rapport.signaler(Nature::AbsentDuFichier, None, named);
    }
    if compte.rien_a_faire() {
        return Ok(Bilan::sans_ecrire(rapport, compte, Issue::Inchange));
    }
    if contexte.simuler {
        return Ok(Bilan::sans_ecrire(rapport, compte, Issue::Simule));
    }
    contexte.db.write(|tx| {
        for caisse in &changed {
            caisse::enregistrer(tx, caisse)?;
        }
        tracer(
            tx,
            contexte.acteur,
            Objet::default(),
            Fait::ImportCaisses {
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
