//! Dates as French people write them: «12 mars 2026», «12/03/2026».

use chrono::{Datelike, NaiveDate, Weekday};

use crate::{mots, saisie};

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
    /// A day and a month alone; the text given.
    #[error("« {0} » ne dit pas l’année : écrire par exemple 3 mars 2026")]
    SansAnnee(String),
    /// The day of the week is not that of the date.
    #[error("« {saisie} » : le {date} est un {jour}")]
    AutreJour {
        /// The text given.
        saisie: String,
        /// The date that it gives, as «02/03/2026».
        date: String,
        /// Its day of the week.
        jour: &'static str,
    },
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

/// Reads «12 mars 2026», «lundi 2 mars 2026», «le 1er mars 2026», «3 févr. 26», «12/03/2026» (or any other sign between)
/// and «2026-03-12», whatever the spaces, accents and case. Two digits of a year are those of 1970 to 2069; a month is
/// read from three letters that only it begins with.
///
/// # Errors
/// `Illisible` when the shape is none of these, `SansAnnee` without a year, which is never guessed, `Impossible` when there
/// is no such day, `AutreJour` when the day of the week is that of another date.
pub fn lire(texte: &str) -> Result<NaiveDate, DateError> {
    let montre = || saisie::ligne(texte).chars().take(40).collect::<String>();
    let illisible = || DateError::Illisible(montre());
    let plie = mots::fold(texte);
    let mut parts = morceaux(&plie);
    parts.retain(|p| !matches!(*p, "er" | "le"));
    let jour_dit = parts.first().and_then(|premier| jour_nomme(premier));
    if jour_dit.is_some() {
        parts.remove(0);
    }
    if let [jour, mois] = parts[..]
        && nombre(jour).is_some_and(|j| j <= 31)
        && mois_lu(mois).is_some()
    {
        return Err(DateError::SansAnnee(montre()));
    }
    let [a, b, c] = parts[..] else {
        return Err(illisible());
    };
    let (jour, mois, annee) = if a.len() == 4 { (c, b, a) } else { (a, b, c) };
    let mois = mois_lu(mois).ok_or_else(illisible)?;
    let (Some(jour), Some(annee)) = (nombre(jour).filter(|_| jour.len() <= 2), annee_lue(annee))
    else {
        return Err(illisible());
    };
    let date = construire(annee, mois, jour).ok_or_else(|| DateError::Impossible(montre()))?;
    match jour_dit {
        Some(dit) if dit != date.weekday() => Err(DateError::AutreJour {
            saisie: montre(),
            date: courte(date),
            jour: jour_de_semaine(date),
        }),
        _ => Ok(date),
    }
}

/// The runs of digits and the runs of letters of a folded text.
fn morceaux(plie: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for mot in plie.split(' ').filter(|m| !m.is_empty()) {
        let mut reste = mot;
        while let Some(premiere) = reste.chars().next() {
            let chiffre = premiere.is_ascii_digit();
            let fin = reste
                .find(|c: char| c.is_ascii_digit() != chiffre)
                .unwrap_or(reste.len());
            let (part, suite) = reste.split_at(fin);
            parts.push(part);
            reste = suite;
        }
    }
    parts
}

/// A day of the week, in full or by its first three letters.
fn jour_nomme(mot: &str) -> Option<Weekday> {
    const JOURS: [(&str, Weekday); 7] = [
        ("lundi", Weekday::Mon),
        ("mardi", Weekday::Tue),
        ("mercredi", Weekday::Wed),
        ("jeudi", Weekday::Thu),
        ("vendredi", Weekday::Fri),
        ("samedi", Weekday::Sat),
        ("dimanche", Weekday::Sun),
    ];
    let dit = |nom: &str| nom == mot || nom.get(..3) == Some(mot);
    JOURS
        .iter()
        .find(|(nom, _)| dit(nom))
        .map(|(_, jour)| *jour)
}

fn mois_lu(mot: &str) -> Option<u32> {
    nombre(mot)
        .filter(|_| mot.len() <= 2)
        .or_else(|| numero_du_mois(mot))
}

/// Four digits, or the last two.
fn annee_lue(mot: &str) -> Option<u32> {
    let lue = nombre(mot)?;
    match mot.len() {
        4 => Some(lue),
        2 if lue < 70 => Some(2000 + lue),
        2 => Some(1900 + lue),
        _ => None,
    }
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

/// A month by its name, or by letters that no other month begins with, three at least; `nom` is folded.
fn numero_du_mois(nom: &str) -> Option<u32> {
    let mut commencent = (1u32..)
        .zip(MOIS)
        .filter(|(_, m)| nom.len() >= 3 && mots::fold(m).starts_with(nom));
    match (commencent.next(), commencent.next()) {
        (Some((numero, _)), None) => Some(numero),
        _ => None,
    }
}
