//! `GET /arretes`: the arrêtés by region, with where each one stands (ZON-4, ZON-5).

use askama::Template;
use regles::arrete::EtatArrete;
use regles::texte;

use super::{etat, pastille, region, titre};
use crate::db::{CpamScope, arrete_liste};
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::page::{Largeur, Page};
use crate::web::ui::{Message, Pastille, Vide};
use crate::web::visite::{Reponse, Visite};

/// An arrêté in the list.
struct Ligne {
    titre: String,
    url: String,
    effet: chrono::NaiveDate,
    fin: String,
    etat: Pastille,
}

/// A region with its arrêtés, the latest first.
struct Region {
    nom: String,
    code: String,
    alerte: Option<Message>,
    lignes: Vec<Ligne>,
}

#[derive(Template)]
#[template(path = "arretes/liste.html")]
struct ListePage {
    page: Page,
    regions: Vec<Region>,
    vide: Option<Vide>,
}

/// `GET /arretes`: those of the regions that classify a commune of the CPAM; every one for a national reader.
pub async fn liste(visite: Visite) -> Reponse {
    let scope = visite.qui()?.scope();
    let lus = visite
        .read(move |conn| {
            let regions = match &scope {
                CpamScope::Caisse(code) => Some(arrete_liste::regions_de(conn, code)?),
                _ => None,
            };
            arrete_liste::lister(conn, regions.as_deref())
        })
        .await?;
    let jour = visite.aujourd_hui();
    let mut regions: Vec<Region> = Vec::new();
    for arrete in &lus {
        let (etat, terme) =
            etat(&visite.etat.reglement(), arrete, jour).map_err(WebError::interne)?;
        let ligne = Ligne {
            titre: titre(arrete),
            url: format!("/arretes/{}", arrete.id),
            effet: arrete.date_effet,
            fin: match (arrete.date_fin, terme) {
                (Some(fin), _) => format!("Remplacé le {}", texte::date_fr(fin)),
                (None, Some(terme)) => {
                    format!("Dernier jour de validité : {}", texte::date_fr(terme))
                }
                (None, None) => String::new(),
            },
            etat: pastille(etat),
        };
        if regions.last().is_none_or(|r| r.code != arrete.region) {
            regions.push(Region {
                nom: region(&arrete.region),
                code: arrete.region.clone(),
                alerte: None,
                lignes: Vec::new(),
            });
        }
        if let Some(derniere) = regions.last_mut() {
            if etat == EtatArrete::Echu {
                derniere.alerte = Some(Message::attention(format!(
                    "{} a dépassé sa durée de validité : il s’applique jusqu’à son remplacement, et toute décision qui s’y \
                     appuie le signale.",
                    titre(arrete)
                )));
            }
            derniere.lignes.push(ligne);
        }
    }
    let vide = regions.is_empty().then(|| {
        Vide::new(
            "Aucun arrêté n’est enregistré",
            "Un arrêté de zonage s’importe avec la commande «releve import zonage». Sans lui, aucune catégorie n’est connue.",
        )
    });
    let page = visite
        .page("Arrêtés de zonage")
        .chapeau("Ce qui classe les zones de la région, et ce que chaque arrêté change pour les dossiers ouverts.")
        .rubrique("/arretes")
        .largeur(Largeur::Dossier);
    visite.rendre(&ListePage {
        page,
        regions,
        vide,
    })
}
