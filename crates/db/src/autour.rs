//! What hangs on the rows of the queue, in one statement: documents asked for, labels, messages that nobody read.

use std::collections::HashMap;

use regles::mots::fold;

use super::ensemble::Lectures;
use super::{AnyConn, DbResult, etiquette, message, piece};

/// What hangs on a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Autour {
    /// Documents asked for.
    pub demandees: i64,
    /// Those of them that arrived.
    pub recues: i64,
    /// Labels, by name.
    pub etiquettes: Vec<String>,
    /// Messages that the CPAM has not read.
    pub non_lus: i64,
}

/// What hangs on each of these requests; those on which nothing does are left out.
pub fn de(conn: &mut AnyConn, dossiers: Vec<i64>) -> DbResult<HashMap<i64, Autour>> {
    let mut trouves: HashMap<i64, Autour> = HashMap::new();
    if dossiers.is_empty() {
        return Ok(trouves);
    }
    let (pieces, mut etiquettes, messages) = (
        piece::lecture_comptes_demandees(dossiers.clone()),
        etiquette::lecture_de_dossiers(dossiers.clone()),
        message::lecture_non_lus_de_dossiers(dossiers),
    )
        .ensemble(conn)?;
    for (id, demandees, recues) in pieces {
        let autour = trouves.entry(id).or_default();
        (autour.demandees, autour.recues) = (demandees, recues);
    }
    etiquettes.sort_by_cached_key(|(_, e)| fold(&e.nom));
    for (id, etiquette) in etiquettes {
        trouves
            .entry(id)
            .or_default()
            .etiquettes
            .push(etiquette.nom);
    }
    for (id, non_lus) in messages {
        trouves.entry(id).or_default().non_lus = non_lus;
    }
    Ok(trouves)
}
