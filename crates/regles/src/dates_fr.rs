//! Dates as French people write them: «12 mars 2026», «12/03/2026».

use chrono::{Datelike, NaiveDate, Weekday};

const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Earliest and latest year accepted from outside: the Gregorian calendar, four digits.
pub const ANNEES: std::ops::RangeInclusive<i32> = 1583..=9999;

/// A text that is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The shape is none of those read; the text given.
    #[error("« {0} » n’est pas une date : écrire par exemple 12/03/2026")]
    Illisible(String),
    /// No such day in the calendar; the text given.
    #[error("la date « {0} » n’existe pas dans le calendrier")]
    Impossible(String),
}

/// «12 mars 2026», «1er mars 2026»; the parts are joined by no-break spaces.
pub fn longue(date: NaiveDate) -> String {
    let mois = MOIS[date.month0() as usize];
    match date.day() {
        1 => format!("1er\u{a0}{mois}\u{a0}{}", date.year()),
        jour => format!("{jour}\u{a0}{mois}\u{a0}{}", date.year()),
    }
}

/// «lundi 2 mars 2026».
pub fn avec_jour(date: NaiveDate) -> String {
    format!("{}\u{a0}{}", jour_de_semaine(date), longue(date))
}

/// «12/03/2026».
pub fn courte(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// «lundi»… «dimanche».
pub fn jour_de_semaine(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "lundi",
        Weekday::Tue => "mardi",
        Weekday::Wed => "mercredi",
        Weekday::Thu => "jeudi",
        Weekday::Fri => "vendredi",
        Weekday::Sat => "samedi",
        Weekday::Sun => "dimanche",
    }
}

/// Reads «12 mars 2026», «1er mars 2026», «12/03/2026» (also with `.` or `-`) and «2026-03-12»,
/// whatever the spaces, accents and case.
///
/// # Errors
/// `Illisible` when the shape is none of these, `Impossible` when there is no such day.
pub fn lire(texte: &str) -> Result<NaiveDate, DateError> {
    let net = texte.trim().to_lowercase();
    let illisible = || DateError::Illisible(texte.trim().to_owned());
    let parts: Vec<&str> = net
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.'))
        .filter(|p| !p.is_empty())
        .collect();
    let [a, b, c] = parts[..] else {
        return Err(illisible());
    };
    let (jour, mois, annee) = if a.len() == 4 { (c, b, a) } else { (a, b, c) };
    let jour = jour.strip_suffix("er").unwrap_or(jour);
    let mois = match nombre(mois) {
        Some(numero) => numero,
        None => numero_du_mois(mois).ok_or_else(illisible)?,
    };
    if annee.len() != 4 {
        return Err(illisible());
    }
    let (Some(jour), Some(annee)) = (nombre(jour), nombre(annee)) else {
        return Err(illisible());
    };
    construire(annee, mois, jour).ok_or_else(|| DateError::Impossible(texte.trim().to_owned()))
}

/// Reads exactly `YYYY-MM-DD`, as the evaluation contract and the files do.
///
/// # Errors
/// `Illisible` when the shape differs, `Impossible` when there is no such day.
pub fn lire_iso(texte: &str) -> Result<NaiveDate, DateError> {
    let octets = texte.as_bytes();
    let forme = octets.len() == 10
        && octets.iter().enumerate().all(|(i, b)| {
            if i == 4 || i == 7 {
                *b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    if !forme {
        return Err(DateError::Illisible(texte.chars().take(40).collect()));
    }
    let lu = |de: usize, a: usize| {
        octets[de..a]
            .iter()
            .fold(0u32, |n, b| n * 10 + u32::from(b - b'0'))
    };
    construire(lu(0, 4), lu(5, 7), lu(8, 10)).ok_or_else(|| DateError::Impossible(texte.to_owned()))
}

fn construire(annee: u32, mois: u32, jour: u32) -> Option<NaiveDate> {
    let annee = i32::try_from(annee).ok().filter(|a| ANNEES.contains(a))?;
    NaiveDate::from_ymd_opt(annee, mois, jour)
}

fn nombre(texte: &str) -> Option<u32> {
    if texte.is_empty() || texte.len() > 4 || !texte.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    texte.parse().ok()
}

fn numero_du_mois(nom: &str) -> Option<u32> {
    let plier = |s: &str| s.replace('é', "e").replace('û', "u");
    let nom = plier(nom);
    (1u32..)
        .zip(MOIS)
        .find(|(_, m)| plier(m) == nom)
        .map(|(numero, _)| numero)
}
