//! The court of each commune (PRO-6): one line each, `insee;tribunal;adresse;verifie_le`.

use std::collections::HashSet;

use regles::dates_fr;

use super::champ;
use super::rapport::Rapport;
use super::table::{Ligne, Table, TableError};
use crate::db::destinataire::TribunalDeCommune;

/// Checks every line of the file; `connues`: the communes that the database has.
///
/// # Errors
/// A column is missing. What is wrong with a line is in the report, not an error here.
pub fn check(
    table: &Table,
    connues: &HashSet<String>,
) -> Result<(Vec<TribunalDeCommune>, Rapport), TableError> {
    let colonnes = [
        table.colonne("insee")?,
        table.colonne("tribunal")?,
        table.colonne("adresse")?,
        table.colonne("verifie_le")?,
    ];
    let (mut rapport, mut vues, mut lus) = (Rapport::de(table), HashSet::new(), Vec::new());
    for ligne in &table.lignes {
        rapport.lues += 1;
        match record(ligne, colonnes, table.entetes.len(), connues) {
            Err(messages) => rapport.rejeter(ligne.numero, messages),
            Ok(lu) if !vues.insert(lu.insee.clone()) => rapport.rejeter(
                ligne.numero,
                vec![format!("commune « {} » donnée deux fois", lu.insee)],
            ),
            Ok(lu) => lus.push(lu),
        }
    }
    Ok((lus, rapport))
}

fn record(
    ligne: &Ligne,
    [insee, ville, adresse, verifie_le]: [usize; 4],
    largeur: usize,
    connues: &HashSet<String>,
) -> Result<TribunalDeCommune, Vec<String>> {
    let requise = [insee, ville, adresse, verifie_le]
        .into_iter()
        .fold(0, usize::max);
    champ::largeur(ligne, largeur, requise).map_err(|message| vec![message])?;
    let insee = ligne.texte(insee);
    if !connues.contains(insee) {
        return Err(vec![format!("commune « {insee} » inconnue")]);
    }
    let verifie_le = dates_fr::lire(ligne.texte(verifie_le))
        .map_err(|_| vec!["date de vérification : AAAA-MM-JJ attendue".to_owned()])?;
    Ok(TribunalDeCommune {
        insee: insee.to_owned(),
        ville: champ::requis("tribunal", ligne.texte(ville)).map_err(|m| vec![m])?,
        adresse: champ::requis("adresse", ligne.texte(adresse)).map_err(|m| vec![m])?,
        verifie_le,
    })
}
