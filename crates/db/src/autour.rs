//! What hangs on the rows of the queue, in one statement: documents asked for, labels, messages that nobody read, who is
//! designated, the opinion awaited.

use std::collections::HashMap;

use chrono::NaiveDate;
use regles::mots::fold;
use regles::notification::Chemin;

use super::designation::{self, DesignationEnFile};
use super::ensemble::Lectures;
use super::envoi::{self, EnChemin};
use super::{AnyConn, DbResult, echeance, etiquette, message, piece};

/// What hangs on a case.
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
    /// REG-8: the designation that counts for the place of a departure.
    pub designation: Option<DesignationEnFile>,
    /// PRO-8: where its decision is, until it is notified.
    pub chemin: Chemin,
    /// REG-4: the last day of the opinion that the commission was asked for on that place.
    pub avis: Option<NaiveDate>,
}

/// What hangs on each of these cases; those on which nothing does are left out.
pub fn de(conn: &mut AnyConn, dossiers: Vec<i64>) -> DbResult<HashMap<i64, Autour>> {
    let mut trouves: HashMap<i64, Autour> = HashMap::new();
    if dossiers.is_empty() {
        return Ok(trouves);
    }
    // A place shares the identifier of its departure.
    let (pieces, mut etiquettes, messages, designations, avis, envois) = (
        piece::lecture_comptes_demandees(dossiers.clone()),
        etiquette::lecture_de_dossiers(dossiers.clone()),
        message::lecture_non_lus_de_dossiers(dossiers.clone()),
        designation::lecture_en_file(dossiers.clone()),
        echeance::lecture_avis_de_places(dossiers.clone()),
        envoi::lecture_en_chemin(dossiers),
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
    for lue in designations {
        let id = lue.0;
        trouves.entry(id).or_default().designation = Some(designation::en_file(lue));
    }
    for envoi in &envois {
        let chemin = EnChemin::de_la_decision(&envois, envoi.dossier_id);
        trouves.entry(envoi.dossier_id).or_default().chemin = chemin;
    }
    for (id, terme) in avis {
        trouves.entry(id).or_default().avis = Some(terme);
    }
    Ok(trouves)
}
