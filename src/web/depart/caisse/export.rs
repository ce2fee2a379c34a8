//! The list of departures as a file, read page by page, written row by row.

use std::fs::File;
use std::io::BufWriter;

use actix_web::{HttpRequest, web};

use super::filtres::{self, ColonneDepart};
use super::liste::CHEMIN;
use crate::clock::jour_a_paris;
use crate::db::file_departs::{self, LigneDepart};
use crate::tableur::{Cellule, Feuille, Format, TableurError};
use crate::web::dossiers::file::{Adresse, commune_choisie, perimetre};
use crate::web::erreur::WebError;
use crate::web::kit::fichier::envoyer;
use crate::web::visite::{Reponse, Visite};

/// Departures read at once.
const PAGE: i64 = 1_000;

/// `GET /departs/export.{format}`: the filter of the address, with its columns; all of them when it names none.
///
/// # Errors
/// An unknown format, no CPAM chosen, the database or the disk does not answer.
pub async fn exporter(visite: Visite, format: web::Path<String>, requete: HttpRequest) -> Reponse {
    let format: Format = format.parse().map_err(|_| WebError::Introuvable)?;
    let adresse = Adresse::de(CHEMIN, requete.query_string()).changee("apres", None);
    let qui = visite.qui()?;
    let caisse = perimetre(qui, &adresse).ok_or(WebError::Introuvable)?;
    let (compte, aujourd_hui) = (qui.compte_id, visite.aujourd_hui());
    let commune = {
        let (adresse, caisse) = (adresse.clone(), caisse.clone());
        visite
            .read(move |conn| commune_choisie(conn, caisse.as_deref(), &adresse))
            .await?
    };
    let insee = adresse
        .get("commune")
        .map(|_| commune.map_or_else(String::new, |c| c.0));
    let mut filtre = filtres::filtre(&adresse, aujourd_hui, insee);
    filtre.lignes = PAGE;
    let colonnes = match adresse.get("colonnes") {
        Some(_) => filtres::colonnes(&adresse),
        None => ColonneDepart::TOUS.to_vec(),
    };
    let mut feuille = {
        let entete = entete(&colonnes);
        let fichier = web::block(tempfile::tempfile).await?;
        let sortie = BufWriter::new(fichier.map_err(WebError::interne)?);
        Feuille::commencer(format, sortie, "Départs", &entete)
    };
    let mut total = 0_usize;
    loop {
        let (f, o) = (filtre.clone(), caisse.clone());
        let lignes = visite
            .read(move |conn| file_departs::departs(conn, o.as_deref(), &f))
            .await?;
        let Some(derniere) = lignes.last() else { break };
        filtre.apres = Some((derniere.date_cessation, derniere.id));
        let encore = i64::try_from(lignes.len()).is_ok_and(|n| n == PAGE);
        total += lignes.len();
        let c = colonnes.clone();
        feuille = web::block(move || {
            for ligne in &lignes {
                feuille.ligne(&cellules(ligne, &c))?;
            }
            Ok::<_, TableurError>(feuille)
        })
        .await?
        .map_err(WebError::interne)?;
        if !encore {
            break;
        }
    }
    tracing::info!(
        compte,
        departs = total,
        format = format.as_str(),
        "departures exported"
    );
    let fichier = web::block(move || -> Result<File, WebError> {
        let tampon = feuille.finir().map_err(WebError::interne)?;
        tampon.into_inner().map_err(WebError::interne)
    })
    .await??;
    let nom = format!("departs-{aujourd_hui}.{}", format.as_str());
    envoyer(fichier, format.media(), &nom).await
}

fn entete(colonnes: &[ColonneDepart]) -> Vec<&'static str> {
    let mut entete = vec!["Prénom", "Nom"];
    for colonne in colonnes {
        match colonne {
            ColonneDepart::Zone => {
                entete.extend(["Commune", "Code INSEE", "Zone", "Code de la zone"]);
            }
            autre => entete.push(autre.libelle()),
        }
    }
    entete
}

fn cellules(l: &LigneDepart, colonnes: &[ColonneDepart]) -> Vec<Cellule> {
    let texte = |t: &str| Cellule::from(t);
    let mut cellules = vec![texte(&l.prenom), texte(&l.nom)];
    for colonne in colonnes {
        match colonne {
            ColonneDepart::Etat => cellules.push(texte(l.etat.libelle())),
            ColonneDepart::Zone => cellules.extend([
                texte(&l.commune),
                texte(&l.insee),
                texte(&l.bassin),
                texte(&l.bassin_code),
            ]),
            ColonneDepart::Categorie => cellules.push(texte(l.categorie.libelle())),
            ColonneDepart::DateCessation => cellules.push(Cellule::Date(l.date_cessation)),
            ColonneDepart::Actes => cellules.push(
                l.actes_12_mois
                    .map_or(Cellule::Vide, |n| Cellule::Nombre(f64::from(n))),
            ),
            ColonneDepart::Declaration => {
                cellules.push(Cellule::Date(jour_a_paris(l.declaree_le)));
            }
            ColonneDepart::Rpps => cellules.push(texte(&l.rpps)),
            ColonneDepart::Caisse => cellules.push(texte(&l.caisse_code)),
        }
    }
    cellules
}
