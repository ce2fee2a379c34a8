//! Importing the communes and the bassins they make up.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::{Bilan, Contexte, ImportError, Issue, accepter, ceder, lignes, par_lots};
use crate::actions::{Objet, tracer};
use crate::db::commune::{self, Bassin, Commune};
use crate::db::{caisse, preparation};
use crate::import::communes::{CommunesLues, check};
use crate::import::rapport::{Compte, Nature, Rapport};
use crate::import::table::Table;
use regles::evenement::Fait;

/// Imports a file of communes: those that are new or differ are prepared in batches, then
/// applied in one short transaction. A commune absent from the file is kept, and said.
///
/// # Errors
/// [`ImportError::Refuse`] with the report, [`ImportError::Interrompu`],
/// [`ImportError::Concurrent`], and the refusals of the file or of the database.
pub fn communes(contexte: &Contexte<'_>, file: &Path) -> Result<Bilan, ImportError> {
    let table = Table::read(file, contexte.feuille)?;
    let caisses: HashSet<String> = contexte
        .db
        .read(caisse::tous)?
        .into_iter()
        .map(|caisse| caisse.code)
        .collect();
    let (lues, rapport) = check(&table, &caisses)?;
    let mut rapport = accepter(rapport)?;
    let (communes, bassins, compte) = differences(contexte, lues, &mut rapport)?;
    if communes.is_empty() && bassins.is_empty() {
        return Ok(Bilan::sans_ecrire(rapport, compte, Issue::Inchange));
    }
    if contexte.simuler {
        return Ok(Bilan::sans_ecrire(rapport, compte, Issue::Simule));
    }
    let lot = format!("{} {}", contexte.acteur.le, table.empreinte);
    let mut transactions = preparer(contexte, &lot, &communes, &bassins)?;
    contexte.db.write(|tx| {
        let expected = (communes.len(), bassins.len());
        let (c, b) = preparation::compter(tx, &lot)?;
        if (usize::try_from(c), usize::try_from(b)) != (Ok(expected.0), Ok(expected.1)) {
            return Err(ImportError::Concurrent);
        }
        preparation::appliquer(tx, &lot)?;
        tracer(
            tx,
            contexte.acteur,
            Objet::default(),
            Fait::ImportCommunes {
                communes: c,
                bassins: b,
                lignes: lignes(compte),
                empreinte: table.empreinte.clone(),
            },
        )?;
        Ok(())
    })?;
    contexte.db.write(preparation::purger)?;
    transactions += 2;
    contexte.avancement.fin();
    Ok(Bilan {
        transactions,
        ..Bilan::sans_ecrire(rapport, compte, Issue::Enregistre)
    })
}

/// What the file adds or changes, and the count of its communes.
fn differences(
    contexte: &Contexte<'_>,
    lues: CommunesLues,
    rapport: &mut Rapport,
) -> Result<(Vec<Commune>, Vec<Bassin>, Compte), ImportError> {
    let (known, known_bassins) = contexte
        .db
        .read(|conn| Ok::<_, ImportError>((commune::toutes(conn)?, commune::bassins(conn)?)))?;
    let mut known: HashMap<String, Commune> = known
        .into_iter()
        .map(|commune| (commune.insee.clone(), commune))
        .collect();
    let mut compte = Compte::default();
    let mut communes = Vec::new();
    for commune in lues.communes {
        if compte.count(known.remove(&commune.insee).as_ref(), &commune) {
            communes.push(commune);
        }
    }
    let mut missing: Vec<_> = known.into_values().collect();
    missing.sort_by(|a, b| a.insee.cmp(&b.insee));
    for commune in missing {
        let named = format!("{} {}", commune.insee, commune.nom);
        rapport.signaler(Nature::AbsentDuFichier, None, named);
    }
    let bassins = lues
        .bassins
        .into_iter()
        .filter(|bassin| known_bassins.get(&bassin.code) != Some(bassin))
        .collect();
    Ok((communes, bassins, compte))
}

fn preparer(
    contexte: &Contexte<'_>,
    lot: &str,
    communes: &[Commune],
    bassins: &[Bassin],
) -> Result<usize, ImportError> {
    contexte
        .avancement
        .etape("communes et bassins", communes.len() + bassins.len());
    contexte.db.write(preparation::purger)?;
    ceder(contexte.db);
    let mut transactions = 1;
    transactions += par_lots(contexte, bassins, |tx, batch| {
        preparation::preparer_bassins(tx, lot, batch)
    })?;
    transactions += par_lots(contexte, communes, |tx, batch| {
        preparation::preparer_communes(tx, lot, batch)
    })?;
    Ok(transactions)
}
