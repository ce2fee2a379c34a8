//! The figures, from counts to plots.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};

use crate::db::statistique::{self, Compte};
use crate::db::{AnyConn, DbResult};
use crate::domain::demande::EtatDemande as E;
use crate::domain::statistique::centile;
use crate::texte;
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

/// The first day looked at: the first of the month, so many months ago, this one included.
pub fn debut(aujourd_hui: NaiveDate, mois: u32) -> NaiveDate {
    let premier = aujourd_hui.with_day(1).unwrap_or(aujourd_hui);
    premier
        .checked_sub_months(Months::new(mois.saturating_sub(1)))
        .unwrap_or(premier)
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

/// Reads every figure and draws it: seven queries, whatever the number of requests.
///
/// # Errors
/// The refusal of the database.
pub fn lire(
    conn: &mut AnyConn,
    organisme: Option<&str>,
    aujourd_hui: NaiveDate,
    mois: u32,
) -> DbResult<Vec<Graphique>> {
    let du = debut(aujourd_hui, mois);
    let calendrier = calendrier(du, aujourd_hui);
    let demandes = statistique::demandes(conn, organisme, du)?;
    let decisions = statistique::delais_de_decision(conn, organisme, du)?;
    let places = statistique::places(conn, organisme, du)?;
    let arrivees = statistique::delais_d_arrivee(conn, organisme, du)?;
    let derogations = statistique::derogations(conn, organisme, du)?;
    let territoires = statistique::territoires(conn, organisme, du)?;
    let ou = if organisme.is_some() {
        ("territoires", "Demandes par zone", "Zone")
    } else {
        ("territoires", "Demandes par caisse", "Caisse")
    };
    Ok(vec![
        par_mois(&calendrier, &demandes),
        delais(
            &calendrier,
            &decisions,
            "decision",
            "Du dépôt à la décision, par mois de décision",
            "décisions",
        ),
        places_par_mois(&calendrier, &places),
        delais(
            &calendrier,
            &arrivees,
            "arrivee",
            "Du départ à l’arrivée, par mois d’installation",
            "installations",
        ),
        issues(
            "derogations",
            "Dérogations demandées, par famille",
            "Famille",
            &derogations,
            usize::MAX,
        ),
        issues(ou.0, ou.1, ou.2, &territoires, TERRITOIRES_MAX),
    ])
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
    if max != usize::MAX {
        lignes.sort_by_key(|(_, n)| std::cmp::Reverse(n.iter().sum::<i64>()));
        lignes.truncate(max);
    }
    let total: i64 = comptes.iter().map(|c| c.nombre).sum();
    Graphique {
        id: format!("g-{id}"),
        titre: titre.to_owned(),
        resume: format!(
            "{} sur la période.",
            texte::pluriel(total, "demande", "demandes")
        ),
        unite: "demandes",
        entete,
        categories: lignes
            .iter()
            .map(|(nom, _)| ((*nom).to_owned(), nom.chars().take(9).collect()))
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
