//! The list of departures as a file.

use actix_web::{HttpRequest, web};

use super::colonnes::LISTE;
use super::filtres;
use super::liste::CHEMIN;
use crate::db::file_departs::{self, FiltreDeparts};
use crate::tableur::Format;
use crate::web::dossiers::file::{Adresse, commune_choisie, perimetre};
use crate::web::erreur::WebError;
use crate::web::kit::fichier::{self, PAGE};
use crate::web::visite::{Reponse, Visite};

/// `GET /departs/export.{format}`: the filter of the address, with its columns; all of them when it names none.
///
/// # Errors
/// An unknown format, no CPAM chosen, the database or the disk does not answer.
pub async fn exporter(visite: Visite, format: web::Path<String>, requete: HttpRequest) -> Reponse {
    let format: Format = format.parse().map_err(|_| WebError::Introuvable)?;
    let adresse = Adresse::de(CHEMIN, requete.query_string()).changee("apres", None);
    let caisse = perimetre(visite.qui()?, &adresse).ok_or(WebError::Introuvable)?;
    let commune = {
        let (adresse, caisse) = (adresse.clone(), caisse.clone());
        visite
            .read(move |conn| commune_choisie(conn, caisse.as_deref(), &adresse))
            .await?
    };
    let insee = adresse
        .get("commune")
        .map(|_| commune.map_or_else(String::new, |c| c.0));
    let filtre = filtres::filtre(&adresse, visite.aujourd_hui(), insee);
    let noms = adresse.get("colonnes");
    fichier::exporter(&visite, &LISTE, format, noms, move |conn, apres| {
        let page = FiltreDeparts {
            apres,
            lignes: PAGE,
            ..filtre.clone()
        };
        file_departs::departs(conn, caisse.as_deref(), &page)
    })
    .await
}
