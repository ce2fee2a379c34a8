//! `GET /parametres`: every parameter with the value of the day, searched and filtered.

use askama::Template;
use chrono::NaiveDate;
use regles::catalogue::CATALOGUE;
use regles::mots::fold;
use regles::parametre::Parametre;
use regles::regle::Statut;
use regles::texte;
use serde::Deserialize;

use super::{adresse, adresse_proposition, lit_les_propositions, statut, valeur};
use crate::db::parametre;
use crate::web::filters;
use crate::web::kit::requete::Requete;
use crate::web::page::{Largeur, Page};
use crate::web::ui::{FiltreVue, Vide};
use crate::web::visite::{Reponse, Visite};

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Adresse {
    q: Option<String>,
    statut: Option<String>,
    /// Lines already seen.
    apres: Option<usize>,
}

/// Lines of a page: it stays light however many parameters the rules have.
const LIGNES: usize = 100;

struct Ligne {
    cle: &'static str,
    url: String,
    libelle: String,
    regle: String,
    valeur: String,
    periode: String,
    future: Option<String>,
    statut: String,
    source: String,
    attente: Option<String>,
}

#[derive(Template)]
#[template(path = "parametres/liste.html")]
struct ListePage {
    page: Page,
    q: String,
    choisi: Option<String>,
    filtres: Vec<FiltreVue>,
    compte: String,
    lignes: Vec<Ligne>,
    vide: Option<Vide>,
    /// The lines that follow, and those before: address, words.
    suites: Vec<(String, &'static str)>,
}

/// The filters: code in the address, words.
const FILTRES: &[(&str, &str)] = &[
    ("", "Tous"),
    ("S", "Textes sources"),
    ("E", "Autres références"),
    ("L", "Loi générale"),
    ("D", "Paramètres nationaux"),
    ("futur", "Changement à venir"),
    ("attente", "À examiner"),
];

/// `GET /parametres`
pub async fn liste(visite: Visite, requete: Requete<Adresse>) -> Reponse {
    let jour = visite.aujourd_hui();
    let reglement = visite.etat.reglement();
    let en_attente = visite.read(parametre::en_attente).await?;
    let q = requete.q.as_deref().unwrap_or("").trim().to_owned();
    let choisi = requete.statut.as_deref().filter(|s| !s.is_empty());
    // «REG-3» is one word: its two halves alone are everywhere.
    let mots: Vec<String> = q.split_whitespace().map(fold).collect();
    let mut lignes = Vec::new();
    for connue in CATALOGUE {
        let historique = reglement.historique(connue.cle);
        let Some(p) = du_jour(historique, jour) else {
            continue;
        };
        let attente = en_attente.iter().find(|v| v.cle == connue.cle);
        let future = historique.iter().find(|f| f.du > jour);
        let garde = match choisi {
            None => true,
            Some("attente") => attente.is_some(),
            Some("futur") => future.is_some(),
            Some(lettre) => p.statut.as_str() == lettre,
        };
        let cherche = fold(&format!("{} {} {} {}", p.libelle, p.cle, p.regle, p.source));
        if !garde || !mots.iter().all(|mot| cherche.contains(mot.as_str())) {
            continue;
        }
        lignes.push(Ligne {
            cle: connue.cle,
            url: adresse(connue.cle),
            libelle: p.libelle.clone(),
            regle: p.regle.clone(),
            valeur: valeur(p),
            periode: texte::periode(p.du, p.au, jour),
            future: future.map(|f| format!("{} à compter du {}", valeur(f), texte::date_fr(f.du))),
            statut: if p.statut == Statut::D {
                "paramètre national (D)".to_owned()
            } else {
                statut(p.statut)
            },
            source: p.source.clone(),
            attente: attente
                .filter(|_| lit_les_propositions(&visite))
                .map(|v| adresse_proposition(v.id)),
        });
    }
    let vide = lignes.is_empty().then(|| {
        Vide::new(
            "Aucun paramètre ne correspond",
            "La recherche porte sur le libellé, la clé, la règle et la source.",
        )
        .action("Voir tous les paramètres", "/parametres")
    });
    let total = lignes.len();
    let debut = requete.apres.unwrap_or(0).min(total);
    let lignes: Vec<Ligne> = lignes.into_iter().skip(debut).take(LIGNES).collect();
    let filtre = choisi.unwrap_or("");
    let mut suites = Vec::new();
    if debut > 0 {
        suites.push((
            url(&q, filtre, debut.saturating_sub(LIGNES)),
            "Paramètres précédents",
        ));
    }
    if debut + LIGNES < total {
        suites.push((url(&q, filtre, debut + LIGNES), "Paramètres suivants"));
    }
    let page = visite
        .page("Paramètres des règles")
        .chapeau(
            "Chaque nombre qui pèse sur un résultat : sa valeur du jour, sa date d’effet, d’où il vient.",
        )
        .rubrique("/parametres")
        .largeur(Largeur::Pleine);
    visite.rendre(&ListePage {
        filtres: FILTRES
            .iter()
            .map(|(code, libelle)| FiltreVue {
                libelle: (*libelle).to_owned(),
                url: url(&q, code, 0),
                compte: None,
                actif: choisi.unwrap_or("") == *code,
            })
            .collect(),
        compte: texte::pluriel(
            i64::try_from(total).unwrap_or(i64::MAX),
            "paramètre",
            "paramètres",
        ),
        choisi: choisi.map(str::to_owned),
        page,
        q,
        lignes,
        vide,
        suites,
    })
}

/// The value in force, or the next one where none is yet.
fn du_jour(historique: &[Parametre], jour: NaiveDate) -> Option<&Parametre> {
    historique
        .iter()
        .rev()
        .find(|p| p.en_vigueur(jour))
        .or(historique.last())
}

fn url(q: &str, statut: &str, apres: usize) -> String {
    let mut requete = url::form_urlencoded::Serializer::new(String::new());
    if !q.is_empty() {
        requete.append_pair("q", q);
    }
    if !statut.is_empty() {
        requete.append_pair("statut", statut);
    }
    if apres > 0 {
        requete.append_pair("apres", &apres.to_string());
    }
    match requete.finish() {
        vide if vide.is_empty() => "/parametres".to_owned(),
        requete => format!("/parametres?{requete}"),
    }
}
