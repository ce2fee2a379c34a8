//! `/supervision/statistiques`: the figures as plots, each with its table, and all of them as a file.

use actix_web::web;
use askama::Template;
use regles::statistique::PERIODES;
use regles::texte;

use super::{Adresse, chiffres};
use crate::tableur::{Cellule, Feuille, Format};
use crate::web::dossiers::file;
use crate::web::erreur::WebError;
use crate::web::kit::fichier::envoyer;
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Lien, Page};
use crate::web::ui::{FiltreVue, Graphique};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "supervision/statistiques.html")]
struct StatistiquesPage {
    page: Page,
    onglets: Vec<FiltreVue>,
    periodes: Vec<FiltreVue>,
    graphiques: Vec<Graphique>,
    exports: Vec<Lien>,
}

/// `GET /supervision/statistiques`
pub async fn page(visite: Visite, adresse: Requete<Adresse>) -> Reponse {
    let adresse = adresse.into_inner();
    let Some(caisse) = adresse.perimetre(&visite)? else {
        return file::choisir(&visite, "/supervision/statistiques", "Statistiques").await;
    };
    let (maintenant, mois) = (visite.maintenant(), adresse.mois());
    let toutes = caisse.is_none();
    let dessin = visite
        .read(move |conn| chiffres::lire(conn, caisse.as_deref(), maintenant, mois))
        .await?;
    let chemin = "/supervision/statistiques";
    let page = visite
        .page(if toutes {
            "Statistiques nationales"
        } else {
            "Statistiques"
        })
        .chapeau(match dessin.releve_le {
            None => "Chaque figure porte ses chiffres ; ils se téléchargent ensemble.".to_owned(),
            Some(le) => format!(
                "Chaque figure porte ses chiffres ; ils se téléchargent ensemble. Relevé du {}.",
                texte::datetime_fr(le)
            ),
        })
        .rubrique("/supervision")
        .largeur(Largeur::Pleine);
    visite.rendre(&StatistiquesPage {
        onglets: adresse.onglets(chemin),
        periodes: PERIODES
            .into_iter()
            .map(|m| FiltreVue {
                libelle: format!("{m} mois"),
                url: adresse.url(chemin, Some(m)),
                compte: None,
                actif: m == mois,
            })
            .collect(),
        exports: [
            ("CSV", "csv"),
            ("Excel (XLSX)", "xlsx"),
            ("LibreOffice (ODS)", "ods"),
        ]
        .into_iter()
        .map(|(libelle, format)| {
            Lien::new(
                libelle,
                adresse.url(&format!("{chemin}.{format}"), Some(mois)),
            )
        })
        .collect(),
        graphiques: dessin.graphiques,
        page,
    })
}

/// `GET /supervision/statistiques.{format}`: one row a figure.
///
/// # Errors
/// An unknown format, no CPAM chosen, the database or the disk does not answer.
pub async fn exporter(
    visite: Visite,
    format: web::Path<String>,
    adresse: Requete<Adresse>,
) -> Reponse {
    let format: Format = format.parse().map_err(|_| WebError::Introuvable)?;
    let caisse = adresse.perimetre(&visite)?.ok_or(WebError::Introuvable)?;
    let (maintenant, mois) = (visite.maintenant(), adresse.mois());
    let dessin = visite
        .read(move |conn| chiffres::lire(conn, caisse.as_deref(), maintenant, mois))
        .await?;
    let fichier = web::block(move || {
        let sortie = tempfile::tempfile()?;
        let entete = ["Figure", "Ligne", "Série", "Valeur", "Unité"];
        let mut feuille = Feuille::commencer(format, sortie, "Statistiques", &entete);
        for g in &dessin.graphiques {
            for (rang, (nom, _)) in g.categories.iter().enumerate() {
                for serie in &g.series {
                    let valeur = match serie.valeurs.get(rang).copied().flatten() {
                        Some(v) => Cellule::Nombre(v as f64),
                        None => Cellule::Vide,
                    };
                    feuille.ligne(&[
                        Cellule::from(g.titre.as_str()),
                        Cellule::from(nom.as_str()),
                        Cellule::from(serie.nom.as_str()),
                        valeur,
                        Cellule::from(g.unite),
                    ])?;
                }
            }
        }
        feuille.finir()
    })
    .await?
    .map_err(WebError::interne)?;
    let nom = format!("statistiques-{}.{}", visite.aujourd_hui(), format.as_str());
    envoyer(fichier, format.media(), &nom).await
}
