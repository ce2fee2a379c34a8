//! Where the list of departures was before it became the queue of a nature: links that people kept still lead there.

use actix_web::{HttpRequest, web};

use super::adresse::{Quand, TOUS};
use super::{Adresse, sous};
use crate::web::visite::{Reponse, Visite};

/// The query of the queue for that of the former list.
fn requete(ancienne: &str) -> String {
    let mut adresse = Adresse::lire(ancienne).changee("nature", Some("depart"));
    let dits: Vec<(String, String)> = url::form_urlencoded::parse(ancienne.as_bytes())
        .into_owned()
        .collect();
    let dit = |nom: &str| dits.iter().find(|(n, _)| n == nom).map(|(_, v)| v.as_str());
    if dit("etat") == Some("toutes") {
        adresse = adresse.changee("etat", Some(TOUS));
    }
    if dit("echeance") == Some("passee") {
        adresse = adresse.changee("echeance", Some(Quand::Retard.as_str()));
    }
    adresse.requete()
}

/// `GET /departs`
pub async fn departs(visite: Visite, demandee: HttpRequest) -> Reponse {
    visite.rediriger(&sous("/dossiers", &requete(demandee.query_string())))
}

/// `GET /departs/export.{format}`
pub async fn exporter_departs(
    visite: Visite,
    format: web::Path<String>,
    demandee: HttpRequest,
) -> Reponse {
    let chemin = format!("/dossiers/export.{format}");
    visite.rediriger(&sous(&chemin, &requete(demandee.query_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_lien_garde_vers_les_departs_montre_les_memes() {
        for (ancienne, nouvelle) in [
            ("", "nature=depart"),
            ("etat=toutes&q=13500", "nature=depart&etat=tous&q=13500"),
            ("etat=retiree", "nature=depart&etat=retiree"),
            ("echeance=passee", "nature=depart&echeance=retard"),
        ] {
            assert_eq!(requete(ancienne), nouvelle);
        }
    }
}
