//! `GET /parametres/propositions/{id}/effets.csv`: every result that a proposed value would change, written as it is
//! computed.

use std::sync::Arc;

use actix_web::web;
use serde::Deserialize;

use super::apercu::objet;
use crate::actions::ActionResult;
use crate::actions::parametre::apercu::{Changement, Curseur, Examen};
use crate::actions::parametre::lire;
use crate::db::parametre as stockage;
use crate::web::export;
use crate::web::kit::requete::Requete;
use crate::web::visite::{Reponse, Visite};

const ENTETE: [&str; 7] = [
    "Caisse",
    "Nom de la caisse",
    "Dossier",
    "Référence",
    "Personne",
    "Aujourd’hui",
    "Avec cette valeur",
];

/// The CPAM whose files are listed; all of them without it.
#[derive(Debug, Default, Deserialize)]
pub struct Adresse {
    caisse: Option<String>,
}

/// `GET /parametres/propositions/{id}/effets.csv`
///
/// # Errors
/// An unknown proposal, a value that no longer fits, or the database does not answer.
pub async fn exporter(visite: Visite, id: web::Path<i64>, adresse: Requete<Adresse>) -> Reponse {
    let id = id.into_inner();
    let caisse = adresse.into_inner().caisse;
    let lue = visite.read(move |conn| stockage::lire(conn, id)).await?;
    let (db, reglement) = (visite.etat.db.clone(), visite.etat.reglement());
    let examen = web::block(move || -> ActionResult<_> {
        Examen::ouvrir(&db, &reglement, &lire(&reglement, &lue)?)
    })
    .await??;
    let examen = Arc::new(examen);
    let nom = format!("effets-parametre-{id}.csv");
    export::repondre(&nom, &ENTETE, Curseur::default(), move |ou| {
        let (examen, caisse) = (examen.clone(), caisse.clone());
        async move { Ok(web::block(move || suivantes(&examen, caisse.as_deref(), ou)).await??) }
    })
}

/// The next lines: a batch where nothing changes is passed over.
fn suivantes(
    examen: &Examen,
    caisse: Option<&str>,
    mut ou: Curseur,
) -> ActionResult<Option<(Vec<Vec<String>>, Curseur)>> {
    while let Some((lot, suite)) = examen.lot(ou)? {
        ou = suite;
        let lignes: Vec<Vec<String>> = lot
            .iter()
            .filter(|c| c.change() && caisse.is_none_or(|code| code == c.caisse_code))
            .map(|c| ligne(examen, c))
            .collect();
        if !lignes.is_empty() {
            return Ok(Some((lignes, ou)));
        }
    }
    Ok(None)
}

fn ligne(examen: &Examen, c: &Changement) -> Vec<String> {
    vec![
        c.caisse_code.clone(),
        examen.nom_de_caisse(&c.caisse_code),
        objet(c),
        c.reference.clone(),
        c.personne.clone(),
        c.avant.clone(),
        c.apres.clone(),
    ]
}
