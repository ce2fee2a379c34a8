//! The queue as a file: every case of the filter.

use actix_web::HttpRequest;
use actix_web::web;

use super::file::colonnes::{lire, liste};
use super::file::{Adresse, demandee, perimetre};
use crate::db::file::Filtre;
use crate::tableur::Format;
use crate::web::erreur::WebError;
use crate::web::kit::fichier::{self, PAGE};
use crate::web::visite::{Reponse, Visite};

/// `GET /dossiers/export.{format}`: the filter of the address, with its columns; all of them when it names none.
///
/// # Errors
/// An unknown format, no CPAM chosen, the database or the disk does not answer.
pub async fn exporter(visite: Visite, format: web::Path<String>, requete: HttpRequest) -> Reponse {
    let format: Format = format.parse().map_err(|_| WebError::Introuvable)?;
    let adresse = Adresse::lire(requete.query_string()).changee("apres", None);
    let qui = visite.qui()?;
    let caisse = perimetre(qui, &adresse).ok_or(WebError::Introuvable)?;
    let (moi, aujourd_hui) = (qui.compte_id, visite.aujourd_hui());
    let filtre = {
        let (adresse, caisse) = (adresse.clone(), caisse.clone());
        visite
            .read(move |conn| demandee(conn, caisse.as_deref(), &adresse, moi, aujourd_hui))
            .await?
            .filtre
    };
    let noms = adresse.get("colonnes");
    let liste = liste(adresse.nature());
    fichier::exporter(&visite, liste, format, noms, move |conn, apres| {
        let page = Filtre {
            apres,
            lignes: PAGE,
            ..filtre.clone()
        };
        lire(conn, caisse.as_deref(), &page, aujourd_hui)
    })
    .await
}
