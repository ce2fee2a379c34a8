//! `GET /arretes/{id}/effets.csv`: the list of what an arrêté changes, to open in a spreadsheet (ZON-10).

use actix_web::web;
use regles::arrete::{Genre, consequence};
use serde::Deserialize;

use super::arrete::{caisse_vu, succession};
use super::mots::{categorie, etat_objet, objet};
use crate::db::arrete_effet::{self, Touche};
use crate::db::{AnyConn, DbError, arrete_liste};
use crate::web::export;
use crate::web::kit::requete::Requete;
use crate::web::visite::{Reponse, Visite};

/// Lines read at once.
const LOT: i64 = 500;

const ENTETE: [&str; 12] = [
    "Caisse",
    "Dossier",
    "Nature",
    "État",
    "Personne",
    "Commune (INSEE)",
    "Commune",
    "Zone",
    "Catégorie actuelle",
    "Catégorie nouvelle",
    "Effet",
    "Ce que cela change",
];

/// Which CPAM, for a national reader; all of them without it.
#[derive(Debug, Default, Deserialize)]
pub struct Adresse {
    caisse: Option<String>,
}

/// `GET /arretes/{id}/effets.csv`
///
/// # Errors
/// An unknown arrêté, or the database does not answer.
pub async fn exporter(visite: Visite, id: web::Path<i64>, adresse: Requete<Adresse>) -> Reponse {
    let id = id.into_inner();
    let caisse = caisse_vu(&visite.qui()?.scope(), adresse.caisse.as_ref());
    let (arrete, precedent) = visite
        .read(move |conn| {
            let arrete = arrete_liste::lire(conn, id)?;
            let precedent = arrete_liste::precedent(conn, &arrete)?;
            Ok::<_, DbError>((arrete, precedent))
        })
        .await?;
    let de = succession(&arrete, precedent.as_ref());
    let db = visite.etat.db.clone();
    let nom = format!("effets-arrete-{id}-{}.csv", arrete.date_effet);
    export::repondre(&nom, &ENTETE, (Genre::Place, 0), move |(genre, apres)| {
        let (db, de, caisse) = (db.clone(), de.clone(), caisse.clone());
        async move {
            let lire = move |conn: &mut AnyConn| {
                let caisse = caisse.as_deref();
                let lus = arrete_effet::lister(conn, &de, genre, caisse, apres, LOT)?;
                // The places are over: on with the requests, in the same breath (an empty batch would end the file).
                if lus.is_empty() && genre == Genre::Place {
                    return arrete_effet::lister(conn, &de, Genre::Demande, caisse, 0, LOT);
                }
                Ok::<_, DbError>(lus)
            };
            let lus = db.spawn_read(lire).await?;
            Ok(lus
                .last()
                .map(|dernier| (dernier.genre, dernier.id))
                .map(|suite| (lus.iter().map(ligne).collect(), suite)))
        }
    })
}

fn ligne(t: &Touche) -> Vec<String> {
    vec![
        t.caisse.clone(),
        objet(t),
        t.nature
            .map_or_else(String::new, |n| n.libelle().to_owned()),
        etat_objet(t).to_owned(),
        t.nom.clone(),
        t.insee.clone(),
        t.commune.clone(),
        format!("{} {}", t.bassin, t.bassin_nom),
        categorie(t.avant).to_owned(),
        categorie(t.apres).to_owned(),
        format!("la zone {}", t.effet.libelle()),
        consequence(t.effet, t.nature).to_owned(),
    ]
}
