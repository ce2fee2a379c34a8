//! French typography, shared by screens, mails and letters: dates, times, amounts, numbers, spaces.

mod fait;
mod heure;
mod valeur;

pub use fait::faits;
pub use heure::{Heure, heure_de};
pub use valeur::{code, valeur};

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, Timelike, Weekday};

/// U+00A0, before `; : ! ? »`, after `«`, between a number and its unit.
pub const INSECABLE: char = '\u{a0}';
/// U+202F, between groups of three digits.
pub const FINE: char = '\u{202f}';

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

/// «depuis le 26 août 2023», «à partir du 1er mars 2027», «du 16 mai 2007 au 25 août 2023»: from a day to another, both
/// included, seen on `jour`.
pub fn periode(du: NaiveDate, au: Option<NaiveDate>, jour: NaiveDate) -> String {
    match au {
        Some(au) if au == du => format!("le {}", date_fr(du)),
        Some(au) => format!("du {} au {}", date_fr(du), date_fr(au)),
        None if du > jour => format!("à partir du {}", date_fr(du)),
        None => format!("depuis le {}", date_fr(du)),
    }
}

/// «12 mars 2026», «1er mars 2026»; the day does not separate from the month.
pub fn date_fr(date: NaiveDate) -> String {
    let jour = match date.day() {
        1 => "1er".to_owned(),
        autre => autre.to_string(),
    };
    format!(
        "{jour}{INSECABLE}{} {}",
        MOIS[date.month0() as usize],
        date.year()
    )
}

/// «jeudi 12 mars 2026».
pub fn date_longue(date: NaiveDate) -> String {
    let jour = match date.weekday() {
        Weekday::Mon => "lundi",
        Weekday::Tue => "mardi",
        Weekday::Wed => "mercredi",
        Weekday::Thu => "jeudi",
        Weekday::Fri => "vendredi",
        Weekday::Sat => "samedi",
        Weekday::Sun => "dimanche",
    };
    format!("{jour} {}", date_fr(date))
}

/// «au plus tard le jeudi 12 mars 2026 (inclus)»: a last day, whatever it is for.
pub fn au_plus_tard(dernier_jour: NaiveDate) -> String {
    format!("au plus tard le {} (inclus)", date_longue(dernier_jour))
}

/// «14 h 30, heure de Paris», of an instant in UTC.
pub fn heure_dite(utc: NaiveDateTime) -> String {
    format!("{}, heure de Paris", heure_fr(heure_de_paris(utc)))
}

/// «12/03/2026»: dense tables and date fields.
pub fn date_courte(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// «14 h 30», of a local time.
pub fn heure_fr(local: NaiveDateTime) -> String {
    format!(
        "{}{INSECABLE}h{INSECABLE}{:02}",
        local.hour(),
        local.minute()
    )
}

/// «12 mars 2026 à 14 h 30, heure de Paris», of an instant stored in UTC.
pub fn datetime_fr(utc: NaiveDateTime) -> String {
    let local = heure_de_paris(utc);
    format!(
        "{} à {}, heure de Paris",
        date_fr(local.date()),
        heure_fr(local)
    )
}

/// The clock of Paris for an instant in UTC.
///
/// Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October
/// (directive 2000/84/CE): instants before 1996, which this product has none of, would be off by an hour in October.
pub fn heure_de_paris(utc: NaiveDateTime) -> NaiveDateTime {
    let bascule = |mois| dernier_dimanche(utc.year(), mois).and_then(|d| d.and_hms_opt(1, 0, 0));
    let ete = match (bascule(3), bascule(10)) {
        (Some(debut), Some(fin)) => utc >= debut && utc < fin,
        _ => false,
    };
    utc + Duration::hours(if ete { 2 } else { 1 })
}

/// March and October both have 31 days.
fn dernier_dimanche(annee: i32, mois: u32) -> Option<NaiveDate> {
    let dernier = NaiveDate::from_ymd_opt(annee, mois, 31)?;
    Some(dernier - Duration::days(i64::from(dernier.weekday().num_days_from_sunday())))
}

/// «34 922», with thin spaces.
pub fn nombre(valeur: i64) -> String {
    crate::montant::grouper(valeur)
}

/// «7 200,00 €», of an amount in cents.
pub fn montant(centimes: i64) -> String {
    let euros = nombre((centimes.unsigned_abs() / 100) as i64);
    let signe = if centimes < 0 { "−" } else { "" };
    format!(
        "{signe}{euros},{:02}{INSECABLE}€",
        centimes.unsigned_abs() % 100
    )
}

/// «1,4 Mo», of a size in bytes.
pub fn taille(octets: u64) -> String {
    let dixiemes = |unite: u64| (octets * 10 + unite / 2) / unite;
    let (valeur, nom) = match octets {
        0..1_000 => return format!("{octets}{INSECABLE}octet{}", marque(octets as i64)),
        1_000..1_000_000 => (dixiemes(1_000), "ko"),
        _ => (dixiemes(1_000_000), "Mo"),
    };
    match valeur % 10 {
        0 => format!("{}{INSECABLE}{nom}", valeur / 10),
        reste => format!("{},{reste}{INSECABLE}{nom}", valeur / 10),
    }
}

/// «2 pièces», «1 pièce», «0 pièce»: in French the plural begins at two.
pub fn pluriel(n: i64, singulier: &str, pluriel: &str) -> String {
    let mot = if n.unsigned_abs() < 2 {
        singulier
    } else {
        pluriel
    };
    format!("{}{INSECABLE}{mot}", nombre(n))
}

/// «une pièce», «deux pièces», «12 pièces»: in letters up to nine, for a feminine word of a sentence.
pub fn en_lettres(n: i64, singulier: &str, pluriel: &str) -> String {
    const MOTS: [&str; 8] = [
        "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf",
    ];
    match n {
        0 => format!("aucune {singulier}"),
        1 => format!("une {singulier}"),
        2..=9 => format!("{} {pluriel}", MOTS[n as usize - 2]),
        _ => self::pluriel(n, singulier, pluriel),
    }
}

/// The plural mark of a regular word: «s» from two on.
pub fn marque(n: i64) -> &'static str {
    if n.unsigned_abs() < 2 { "" } else { "s" }
}

/// «dans 9 jours», «demain», «aujourd’hui», «hier», «depuis 3 jours».
pub fn dans(jours: i64) -> String {
    match jours {
        0 => "aujourd’hui".to_owned(),
        1 => "demain".to_owned(),
        -1 => "depuis hier".to_owned(),
        2.. => format!("dans {}{INSECABLE}jours", nombre(jours)),
        _ => format!("depuis {}{INSECABLE}jours", nombre(-jours)),
    }
}

/// Makes the spaces of a sentence non-breaking where French wants them: before `; : ! ? » €`, after `«`, between a
/// day and its month; and thin between groups of digits. An ordinary space must already be there: nothing is inserted
/// into addresses or times.
pub fn insecables(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len() + 8);
    let mut debut = 0;
    for (i, _) in texte.match_indices(' ') {
        let (avant, apres) = (&texte[..i], &texte[i + 1..]);
        sortie.push_str(&texte[debut..i]);
        sortie.push(if entre_groupes(avant, apres) {
            FINE
        } else if avant.ends_with('«')
            || apres.starts_with([';', ':', '!', '?', '»', '€'])
            || entre_jour_et_mois(avant, apres)
        {
            INSECABLE
        } else {
            ' '
        });
        debut = i + 1;
    }
    sortie.push_str(&texte[debut..]);
    sortie
}

/// «de Martigues», «d’Aix-en-Provence», «du Havre», «des Sables-d’Olonne», «de La Ciotat»: a name after «de», elided or
/// contracted. Before an h, which spelling alone does not tell mute, nothing is elided.
pub fn de(nom: impl AsRef<str>) -> String {
    let nom = nom.as_ref();
    if let Some(reste) = nom.strip_prefix("Le ") {
        return format!("du {reste}");
    }
    if let Some(reste) = nom.strip_prefix("Les ") {
        return format!("des {reste}");
    }
    let mut lettres = nom.chars().flat_map(char::to_lowercase);
    match lettres.next() {
        // «d’Yves», «d’Yssingeaux», but «de Yann», «de Yutz».
        Some('y') if lettres.next().is_some_and(|l| !"aeiouéèêy".contains(l)) => {
            format!("d’{nom}")
        }
        Some(
            'a' | 'à' | 'â' | 'e' | 'é' | 'è' | 'ê' | 'ë' | 'i' | 'î' | 'ï' | 'o' | 'ô' | 'ö' | 'œ'
            | 'u' | 'ü',
        ) => {
            format!("d’{nom}")
        }
        _ => format!("de {nom}"),
    }
}

/// «que Claire», «qu’Anne»: a name after «que», elided as after «de».
pub fn que(nom: impl AsRef<str>) -> String {
    let nom = nom.as_ref();
    match de(nom).starts_with("d’") {
        true => format!("qu’{nom}"),
        false => format!("que {nom}"),
    }
}

/// «à Martigues», «au Havre», «aux Sables-d’Olonne», «à La Ciotat»: a name after «à», contracted.
pub fn a(nom: &str) -> String {
    match (nom.strip_prefix("Le "), nom.strip_prefix("Les ")) {
        (Some(reste), _) => format!("au {reste}"),
        (_, Some(reste)) => format!("aux {reste}"),
        _ => format!("à {nom}"),
    }
}

/// The same sentence with a small first letter, to follow a colon.
pub fn minuscule_initiale(texte: &str) -> String {
    let mut lettres = texte.chars();
    match lettres.next() {
        Some(premiere) => premiere.to_lowercase().chain(lettres).collect(),
        None => String::new(),
    }
}

/// «a, b et c».
pub fn enumerees(mots: &[String]) -> String {
    match mots.split_last() {
        Some((dernier, autres)) if !autres.is_empty() => {
            format!("{} et {dernier}", autres.join(", "))
        }
        Some((dernier, _)) => dernier.clone(),
        None => String::new(),
    }
}

/// The same words as the beginning of a sentence.
pub fn majuscule_initiale(texte: &str) -> String {
    let mut lettres = texte.chars();
    match lettres.next() {
        Some(premiere) => premiere.to_uppercase().chain(lettres).collect(),
        None => String::new(),
    }
}

/// «1 200» but not «2026 131»: one to three digits before, exactly three after.
fn entre_groupes(avant: &str, apres: &str) -> bool {
    let chiffres = |c: &char| c.is_ascii_digit();
    let devant = avant.chars().rev().take_while(chiffres).count();
    let derriere = apres.chars().take_while(chiffres).count();
    (1..=3).contains(&devant) && derriere == 3
}

fn entre_jour_et_mois(avant: &str, apres: &str) -> bool {
    let jour = avant.strip_suffix("er").unwrap_or(avant);
    jour.ends_with(|c: char| c.is_ascii_digit()) && MOIS.iter().any(|mois| apres.starts_with(mois))
}
