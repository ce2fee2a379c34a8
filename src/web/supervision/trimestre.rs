//! `/supervision/trimestre`: PRO-15, what a caisse reports every quarter of its decisions in regulated zones, on the screen
//! and as a file.

use actix_web::web;
use askama::Template;
use chrono::{Datelike, NaiveDate};
use regles::enonce;
use regles::regle::Explication;
use regles::texte;
use regles::trimestre::{Etat, Prise, etat, raison, trimestre};
use serde::Deserialize;

use super::Adresse;
use crate::clock::{jour_a_paris, minuit_a_paris};
use crate::db::file::Rang;
use crate::db::trimestre as decisions;
use crate::tableur::Format;
use crate::web::dossiers::file;
use crate::web::erreur::WebError;
use crate::web::filters;
use crate::web::kit::fichier;
use crate::web::kit::liste::{Colonne, Liste, Partie, Valeur};
use crate::web::kit::requete::Requete;
use crate::web::kit::tableau::{Montre, Tableau};
use crate::web::page::{Largeur, Lien, Page};
use crate::web::ui::FiltreVue;
use crate::web::visite::{Reponse, Visite};

const CHEMIN: &str = "/supervision/trimestre";
/// How many quarters may be chosen, the one under way included.
const PROPOSES: usize = 8;

/// One line of the report.
#[derive(Clone)]
struct Ligne {
    rang: i64,
    objet: String,
    nombre: i32,
}

static LISTE: Liste<Ligne> = Liste {
    titre: "Décisions du trimestre",
    legende: "Accords, refus et raisons des refus dans les zones régulées",
    fichier: "decisions-du-trimestre",
    unites: ("ligne", "lignes"),
    tete: &[("Décisions", |l, _| {
        Montre::premiere(&[Valeur::Phrase(l.objet.clone())])
    })],
    identite: &[Partie::new("Décisions", |l| Valeur::texte(&l.objet))],
    colonnes: &[Colonne::new("nombre", "Nombre", |l| {
        Valeur::Nombre(l.nombre)
    })],
    max: 1,
    cle: |l| (Rang::Echeance(NaiveDate::default()), l.rang),
    nommer: |l| l.objet.clone(),
};

/// Which quarter, by its first day.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Choix {
    du: Option<NaiveDate>,
}

#[derive(Template)]
#[template(path = "supervision/trimestre.html")]
struct TrimestrePage {
    page: Page,
    onglets: Vec<FiltreVue>,
    trimestres: Vec<FiltreVue>,
    phrase: String,
    tableau: Tableau,
    exports: Vec<Lien>,
}

/// `GET /supervision/trimestre`
///
/// # Errors
/// The database does not answer.
pub async fn page(visite: Visite, adresse: Requete<Adresse>, choix: Requete<Choix>) -> Reponse {
    let Some(caisse) = adresse.perimetre(&visite)? else {
        return file::choisir(&visite, CHEMIN, "Décisions du trimestre").await;
    };
    let jour = choix.du.unwrap_or_else(|| visite.aujourd_hui());
    let etat = lire(&visite, caisse, jour).await?;
    let colonnes = LISTE.ecrites(None);
    let lien = |chemin: &str, du: NaiveDate| {
        let liaison = adresse.url(chemin, None);
        let joint = if liaison.contains('?') { '&' } else { '?' };
        format!("{liaison}{joint}du={du}")
    };
    let (du, _) = bornes(jour)?;
    let trimestres = derniers(visite.aujourd_hui())
        .into_iter()
        .map(|debut| FiltreVue {
            libelle: nom(debut),
            url: lien(CHEMIN, debut),
            compte: None,
            actif: debut == du,
        })
        .collect();
    let exports = [
        ("CSV", "csv"),
        ("Excel (XLSX)", "xlsx"),
        ("LibreOffice (ODS)", "ods"),
    ]
    .into_iter()
    .map(|(mots, format)| Lien::new(mots, lien(&format!("{CHEMIN}.{format}"), du)))
    .collect();
    visite.rendre(&TrimestrePage {
        page: visite
            .page("Décisions du trimestre")
            .chapeau(
                "Les décisions signées pendant le trimestre dans une zone non prioritaire ou sur-dotée. Un refus peut reposer \
                 sur plusieurs raisons : chacune est comptée.",
            )
            .rubrique("/supervision")
            .largeur(Largeur::Lecture),
        onglets: adresse.onglets(CHEMIN),
        trimestres,
        phrase: phrase(&etat, du),
        tableau: LISTE.tableau(&lignes(&etat)?, &colonnes, None, (None, None)),
        exports,
    })
}

/// `GET /supervision/trimestre.{format}`
///
/// # Errors
/// An unknown format, no caisse chosen, the database or the disk does not answer.
pub async fn exporter(
    visite: Visite,
    format: web::Path<String>,
    adresse: Requete<Adresse>,
    choix: Requete<Choix>,
) -> Reponse {
    let format: Format = format.parse().map_err(|_| WebError::Introuvable)?;
    let caisse = adresse.perimetre(&visite)?.ok_or(WebError::Introuvable)?;
    let jour = choix.du.unwrap_or_else(|| visite.aujourd_hui());
    let lignes = lignes(&lire(&visite, caisse, jour).await?)?;
    fichier::exporter(&visite, &LISTE, format, None, move |_, apres| {
        Ok(match apres {
            None => lignes.clone(),
            Some(_) => Vec::new(),
        })
    })
    .await
}

/// The first and last days of the quarter of a day.
fn bornes(jour: NaiveDate) -> Result<(NaiveDate, NaiveDate), WebError> {
    trimestre(jour).ok_or(WebError::Introuvable)
}

/// The first days of the last quarters, the one under way first.
fn derniers(jour: NaiveDate) -> Vec<NaiveDate> {
    let debut = |jour| trimestre(jour).map(|(du, _)| du);
    std::iter::successors(debut(jour), |du| du.pred_opt().and_then(debut))
        .take(PROPOSES)
        .collect()
}

/// «1er trimestre 2026».
fn nom(du: NaiveDate) -> String {
    let rang = match du.month() / 3 + 1 {
        1 => "1er".to_owned(),
        n => format!("{n}e"),
    };
    format!("{rang} trimestre {}", du.year())
}

async fn lire(visite: &Visite, caisse: Option<String>, jour: NaiveDate) -> Result<Etat, WebError> {
    let (du, au) = bornes(jour)?;
    let apres = au.succ_opt().ok_or(WebError::Introuvable)?;
    let entre = (minuit_a_paris(du), minuit_a_paris(apres));
    let lues = visite
        .read(move |conn| decisions::decisions(conn, caisse.as_deref(), entre))
        .await?;
    let prises: Result<Vec<Prise>, WebError> = lues
        .into_iter()
        .map(|(le, categorie, sens, fondement, explication)| {
            let explication: Explication =
                serde_json::from_str(&explication).map_err(WebError::interne)?;
            let mut regles: Vec<String> = explication
                .non_remplies()
                .map(|e| e.regle.to_string())
                .collect();
            regles.sort();
            regles.dedup();
            Ok(Prise {
                le: jour_a_paris(le),
                categorie,
                sens,
                fondement,
                regles,
            })
        })
        .collect();
    Ok(etat(&prises?, jour))
}

/// The report, line by line: grants, refusals, then the reasons of the refusals by what each rule says.
fn lignes(etat: &Etat) -> Result<Vec<Ligne>, WebError> {
    let compte = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let mut lignes: Vec<(String, usize)> = [
        ("Accords par succession", etat.successions),
        ("Accords par dérogation", etat.derogations),
        (
            "Accords à qui exerçait déjà sous convention dans la zone",
            etat.deja_conventionnes,
        ),
        ("Refus", etat.refus),
    ]
    .map(|(objet, n)| (objet.to_owned(), n))
    .into();
    for (regle, nombre) in &etat.motifs {
        let dite = match raison(regle) {
            Some(dite) => dite.to_owned(),
            None => {
                let enonce = enonce::de(regle).map_err(WebError::interne)?;
                texte::minuscule_initiale(enonce.map_or("Autre raison", |e| &e.nom))
            }
        };
        lignes.push((format!("Raison de refus : {dite}"), *nombre));
    }
    let numerotees = (1..).zip(lignes);
    Ok(numerotees
        .map(|(rang, (objet, n))| Ligne {
            rang,
            objet,
            nombre: compte(n),
        })
        .collect())
}

/// «Au 1er trimestre 2026 : 3 accords et 1 refus.»
fn phrase(etat: &Etat, du: NaiveDate) -> String {
    let compte = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let accords = etat.successions + etat.derogations + etat.deja_conventionnes;
    if accords + etat.refus == 0 {
        return format!("{} : aucune décision dans une zone régulée.", nom(du));
    }
    format!(
        "{} : {} et {} dans les zones régulées.",
        nom(du),
        texte::pluriel(compte(accords), "accord", "accords"),
        texte::pluriel(compte(etat.refus), "refus", "refus")
    )
}
