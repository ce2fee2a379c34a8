//! The figures, from counts to plots.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate, NaiveDateTime, TimeDelta};
use regles::conventionnement::Famille;
use regles::demande::EtatDemande as E;
use regles::statistique::{centile, debut};
use regles::texte;

use crate::clock::jour_a_paris;
use crate::db::statistique::Compte;
use crate::db::statistique_nationale::{self, Figures};
use crate::db::{AnyConn, DbResult};
use crate::web::ui::{Graphique, Serie};

const MOIS: [(&str, &str); 12] = [
    ("janvier", "janv."),
    ("février", "févr."),
    ("mars", "mars"),
    ("avril", "avr."),
    ("mai", "mai"),
    ("juin", "juin"),
    ("juillet", "juil."),
    ("août", "août"),
    ("septembre", "sept."),
    ("octobre", "oct."),
    ("novembre", "nov."),
    ("décembre", "déc."),
];

/// What becomes of requests: the series of the plots.
const ISSUES: [&str; 4] = ["En cours", "Accordées", "Refusées", "Closes autrement"];

/// Zones or CPAM shown at most: those with most requests.
const TERRITOIRES_MAX: usize = 30;

fn issue(etat: &str) -> usize {
    match etat.parse() {
        Ok(E::Accordee | E::Installee | E::Caduque) => 1,
        Ok(E::Refusee) => 2,
        Ok(E::Retiree | E::SansSuite) => 3,
        _ => 0,
    }
}

/// The months from one day to another: (`2026-01`, (in full, short)).
fn calendrier(du: NaiveDate, au: NaiveDate) -> Vec<(String, (String, String))> {
    let mut mois = Vec::new();
    let mut jour = du;
    while jour <= au {
        let (long, court) = MOIS[jour.month0() as usize];
        mois.push((
            jour.format("%Y-%m").to_string(),
            (
                format!("{long} {}", jour.year()),
                format!("{court} {}", jour.format("%y")),
            ),
        ));
        match jour.checked_add_months(Months::new(1)) {
            Some(suivant) => jour = suivant,
            None => break,
        }
    }
    mois
}

/// Letters under a bar.
const COURT_MAX: usize = 9;

/// Between what an organisation is and where.
const ARTICLES: &[&str] = &["de la ", "de l’", "de l'", "des ", "du ", "de ", "d’", "d'"];

/// Figures counted in the background serve so long, in hours; older ones are counted again for the page.
const FRAICHEUR_HEURES: i64 = 26;

/// Figures drawn, and when they were counted if it was before.
pub struct Dessin {
    /// One plot a figure.
    pub graphiques: Vec<Graphique>,
    /// When they were counted (UTC); none: just now.
    pub releve_le: Option<NaiveDateTime>,
}

/// Reads every figure and draws it. Those of one CPAM are counted by nine queries that its indexes bound; those of
/// all, which no index bounds, are read as they were last counted.
pub fn lire(
    conn: &mut AnyConn,
    caisse: Option<&str>,
    maintenant: NaiveDateTime,
    mois: u32,
) -> DbResult<Dessin> {
    let aujourd_hui = jour_a_paris(maintenant);
    let du = debut(aujourd_hui, mois);
    let gardees = match caisse {
        Some(_) => None,
        None => statistique_nationale::gardees(
            conn,
            i32::try_from(mois).unwrap_or(i32::MAX),
            du,
            maintenant - TimeDelta::hours(FRAICHEUR_HEURES),
        )?,
    };
    let (figures, releve_le) = match gardees {
        Some((figures, le)) => (figures, Some(le)),
        None => (statistique_nationale::compter(conn, caisse, du)?, None),
    };
    Ok(Dessin {
        graphiques: dessiner(&figures, caisse.is_some(), &calendrier(du, aujourd_hui)),
        releve_le,
    })
}

fn dessiner(
    figures: &Figures,
    une_caisse: bool,
    calendrier: &[(String, (String, String))],
) -> Vec<Graphique> {
    let (par, entete) = if une_caisse {
        ("par zone", "Zone")
    } else {
        ("par caisse", "Caisse")
    };
    vec![
        par_mois(calendrier, &figures.demandes),
        delais(
            calendrier,
            &figures.decisions,
            "decision",
            "Du dépôt à la décision, par mois de décision",
            "décisions",
        ),
        places_par_mois(calendrier, &figures.places),
        delais(
            calendrier,
            &figures.arrivees,
            "arrivee",
            "Du départ à l’arrivée, par mois d’installation",
            "installations",
        ),
        issues(
            "derogations",
            "Dérogations demandées, par famille",
            "Famille",
            &figures.derogations,
            usize::MAX,
        )
        .avec_noms(famille_en_toutes_lettres),
        issues(
            "derogations-territoires",
            &format!("Dérogations demandées, {par}"),
            entete,
            &figures.derogations_par_territoire,
            TERRITOIRES_MAX,
        ),
        issues(
            "territoires",
            &format!("Demandes {par}"),
            entete,
            &figures.territoires,
            TERRITOIRES_MAX,
        ),
    ]
}

fn categories(calendrier: &[(String, (String, String))]) -> Vec<(String, String)> {
    calendrier.iter().map(|(_, noms)| noms.clone()).collect()
}

fn par_mois(calendrier: &[(String, (String, String))], comptes: &[Compte]) -> Graphique {
    let series = ISSUES
        .iter()
        .enumerate()
        .map(|(rang, nom)| Serie {
            nom: (*nom).to_owned(),
            valeurs: calendrier
                .iter()
                .map(|(mois, _)| {
                    Some(
                        comptes
                            .iter()
                            .filter(|c| c.mois == *mois && issue(&c.cle) == rang)
                            .map(|c| c.nombre)
                            .sum(),
                    )
                })
                .collect(),
        })
        .collect();
    let total: i64 = comptes.iter().map(|c| c.nombre).sum();
    Graphique {
        id: "g-demandes".to_owned(),
        titre: "Demandes par mois de dépôt, et ce qu’elles sont devenues".to_owned(),
        resume: format!(
            "{} sur la période.",
            texte::pluriel(total, "demande", "demandes")
        ),
        unite: "demandes",
        entete: "Mois",
        categories: categories(calendrier),
        series,
        empile: true,
    }
}

fn delais(
    calendrier: &[(String, (String, String))],
    comptes: &[Compte],
    id: &str,
    titre: &str,
    quoi: &str,
) -> Graphique {
    let mut histogrammes: BTreeMap<&str, Vec<(i64, i64)>> = BTreeMap::new();
    let mut tous = Vec::new();
    for c in comptes {
        if let Ok(jours) = c.cle.parse() {
            histogrammes
                .entry(c.mois.as_str())
                .or_default()
                .push((jours, c.nombre));
            tous.push((jours, c.nombre));
        }
    }
    let serie = |nom: &str, part| Serie {
        nom: nom.to_owned(),
        valeurs: calendrier
            .iter()
            .map(|(mois, _)| {
                histogrammes
                    .get(mois.as_str())
                    .and_then(|h| centile(h, part))
            })
            .collect(),
    };
    let resume = match (centile(&tous, 50), centile(&tous, 90)) {
        (Some(median), Some(p90)) => format!(
            "Sur la période, la moitié des {quoi} en {} au plus, neuf sur dix en {} au plus.",
            texte::pluriel(median, "jour", "jours"),
            texte::pluriel(p90, "jour", "jours")
        ),
        _ => String::new(),
    };
    Graphique {
        id: format!("g-{id}"),
        titre: titre.to_owned(),
        resume,
        unite: "jours",
        entete: "Mois",
        categories: categories(calendrier),
        series: vec![serie("Médiane", 50), serie("Neuf sur dix (p90)", 90)],
        empile: false,
    }
}

fn places_par_mois(calendrier: &[(String, (String, String))], comptes: &[Compte]) -> Graphique {
    let serie = |nom: &str, cle: &str| Serie {
        nom: nom.to_owned(),
        valeurs: calendrier
            .iter()
            .map(|(mois, _)| {
                Some(
                    comptes
                        .iter()
                        .filter(|c| c.mois == *mois && c.cle == cle)
                        .map(|c| c.nombre)
                        .sum(),
                )
            })
            .collect(),
    };
    let total = |cle: &str| -> i64 {
        comptes
            .iter()
            .filter(|c| c.cle == cle)
            .map(|c| c.nombre)
            .sum()
    };
    Graphique {
        id: "g-places".to_owned(),
        titre: "Places ouvertes, pourvues et caduques, par mois".to_owned(),
        resume: format!(
            "{}, {}, {}.",
            texte::pluriel(total("ouvertes"), "ouverte", "ouvertes"),
            texte::pluriel(total("pourvues"), "pourvue", "pourvues"),
            texte::pluriel(total("caduques"), "caduque", "caduques")
        ),
        unite: "places",
        entete: "Mois",
        categories: categories(calendrier),
        series: vec![
            serie("Ouvertes", "ouvertes"),
            serie("Pourvues", "pourvues"),
            serie("Caduques", "caduques"),
        ],
        empile: false,
    }
}

/// DER-1: «A : vie personnelle du professionnel»; the letter alone stands under the bar.
fn famille_en_toutes_lettres(code: &str) -> String {
    match code.parse::<Famille>() {
        Ok(famille) => format!("{code} : {}", famille.libelle()),
        Err(_) => code.to_owned(),
    }
}

/// What stands under a bar: what tells a name from the others, nine letters of it at most.
fn court(nom: &str) -> String {
    let lieu = match nom.split_once(' ') {
        Some((sigle, lieu)) if sigle.len() > 1 && sigle.chars().all(char::is_uppercase) => lieu,
        _ => nom,
    };
    let propre = ARTICLES
        .iter()
        .find_map(|article| lieu.strip_prefix(article))
        .unwrap_or(lieu);
    // A code between brackets stays in the table.
    let propre = propre.split(" (").next().unwrap_or(propre);
    if propre.chars().count() <= COURT_MAX {
        propre.to_owned()
    } else {
        format!(
            "{}…",
            propre.chars().take(COURT_MAX - 1).collect::<String>()
        )
    }
}

fn issues(
    id: &str,
    titre: &str,
    entete: &'static str,
    comptes: &[Compte],
    max: usize,
) -> Graphique {
    let mut lignes: BTreeMap<&str, [i64; 4]> = BTreeMap::new();
    for c in comptes {
        lignes.entry(c.mois.as_str()).or_default()[issue(&c.cle)] += c.nombre;
    }
    let mut lignes: Vec<(&str, [i64; 4])> = lignes.into_iter().collect();
    let en_tout = lignes.len();
    if max != usize::MAX {
        lignes.sort_by_key(|(_, n)| std::cmp::Reverse(n.iter().sum::<i64>()));
        lignes.truncate(max);
    }
    let total: i64 = comptes.iter().map(|c| c.nombre).sum();
    let mut resume = format!(
        "{} sur la période.",
        texte::pluriel(total, "demande", "demandes")
    );
    if en_tout > lignes.len() {
        resume.push_str(&format!(
            " Les {} plus demandées, sur {en_tout}.",
            lignes.len()
        ));
    }
    Graphique {
        id: format!("g-{id}"),
        titre: titre.to_owned(),
        resume,
        unite: "demandes",
        entete,
        categories: lignes
            .iter()
            .map(|(nom, _)| ((*nom).to_owned(), court(nom)))
            .collect(),
        series: ISSUES
            .iter()
            .enumerate()
            .map(|(rang, nom)| Serie {
                nom: (*nom).to_owned(),
                valeurs: lignes.iter().map(|(_, n)| Some(n[rang])).collect(),
            })
            .collect(),
        empile: true,
    }
}

#[cfg(test)]
mod tests {
    use super::court;

    #[test]
    fn ce_qui_est_sous_une_barre_distingue() {
        for (nom, attendu) in [
            ("CPAM des Bouches-du-Rhône", "Bouches-…"),
            ("CPAM de l'Ain", "Ain"),
            ("CGSS de La Réunion", "La Réuni…"),
            ("CPAM Flandres", "Flandres"),
            ("Martigues (BV13056)", "Martigues"),
            ("Aix-en-Provence", "Aix-en-P…"),
            ("A", "A"),
        ] {
            assert_eq!(court(nom), attendu);
        }
    }
}
