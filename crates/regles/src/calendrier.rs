//! The French calendar: public holidays by territory (ECH-2), computed.

use chrono::{Datelike, Days, NaiveDate, Weekday};

text_enum! {
    /// Territories whose public holidays differ.
    #[derive(Default)]
    pub enum Territoire {
        /// Métropole.
        #[default]
        Metropole = "metropole", "Métropole";
        /// Alsace-Moselle.
        AlsaceMoselle = "alsace_moselle", "Alsace-Moselle";
        /// Guadeloupe.
        Guadeloupe = "guadeloupe", "Guadeloupe";
        /// Martinique.
        Martinique = "martinique", "Martinique";
        /// Guyane.
        Guyane = "guyane", "Guyane";
        /// La Réunion.
        LaReunion = "la_reunion", "La Réunion";
        /// Mayotte.
        Mayotte = "mayotte", "Mayotte";
        /// Saint-Barthélemy.
        SaintBarthelemy = "saint_barthelemy", "Saint-Barthélemy";
        /// Saint-Martin.
        SaintMartin = "saint_martin", "Saint-Martin";
        /// Saint-Pierre-et-Miquelon.
        SaintPierreEtMiquelon = "saint_pierre_et_miquelon", "Saint-Pierre-et-Miquelon";
        /// Nouvelle-Calédonie.
        NouvelleCaledonie = "nouvelle_caledonie", "Nouvelle-Calédonie";
        /// Polynésie française.
        PolynesieFrancaise = "polynesie_francaise", "Polynésie française";
        /// Wallis-et-Futuna.
        WallisEtFutuna = "wallis_et_futuna", "Wallis-et-Futuna";
    }
}

impl Territoire {
    /// The territory of a département (`13`, `2A`, `971`…).
    pub fn du_departement(departement: &str) -> Territoire {
        match departement {
            "57" | "67" | "68" => Territoire::AlsaceMoselle,
            "971" => Territoire::Guadeloupe,
            "972" => Territoire::Martinique,
            "973" => Territoire::Guyane,
            "974" => Territoire::LaReunion,
            "975" => Territoire::SaintPierreEtMiquelon,
            "976" => Territoire::Mayotte,
            "977" => Territoire::SaintBarthelemy,
            "978" => Territoire::SaintMartin,
            "986" => Territoire::WallisEtFutuna,
            "987" => Territoire::PolynesieFrancaise,
            "988" => Territoire::NouvelleCaledonie,
            _ => Territoire::Metropole,
        }
    }

    /// Month and day of the commemoration of the abolition of slavery, where it is a holiday.
    fn abolition(self, annee: i32) -> Option<(u32, u32)> {
        match self {
            Territoire::Mayotte => Some((4, 27)),
            Territoire::Martinique => Some((5, 22)),
            Territoire::Guadeloupe => Some((5, 27)),
            // The collectivité chose a day of its own from 2018.
            Territoire::SaintMartin if annee >= 2018 => Some((5, 28)),
            Territoire::SaintMartin => Some((5, 27)),
            Territoire::Guyane => Some((6, 10)),
            Territoire::SaintBarthelemy => Some((10, 9)),
            Territoire::LaReunion => Some((12, 20)),
            _ => None,
        }
    }
}

/// Month and day of Easter Sunday (Gregorian calendar, method of Meeus, Jones and Butcher).
pub fn paques(annee: i32) -> (u32, u32) {
    let a = annee.rem_euclid(19);
    let (b, c) = (annee.div_euclid(100), annee.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let mois = (h + l - 7 * m + 90) / 25;
    let jour = (h + l - 7 * m + 33 * mois + 19) % 32;
    (mois.unsigned_abs(), jour.unsigned_abs())
}

/// Holidays of fixed date, everywhere (code du travail, L3133-1).
const FIXES: [(u32, u32, &str); 8] = [
    (1, 1, "1er janvier"),
    (5, 1, "1er mai"),
    (5, 8, "8 mai"),
    (7, 14, "14 juillet"),
    (8, 15, "Assomption"),
    (11, 1, "Toussaint"),
    (11, 11, "11 novembre"),
    (12, 25, "Jour de Noël"),
];

/// Name of the public holiday of that day in that territory, `None` on any other day.
pub fn jour_ferie(date: NaiveDate, territoire: Territoire) -> Option<&'static str> {
    let (mois, jour) = (date.month(), date.day());
    if let Some((_, _, nom)) = FIXES.into_iter().find(|(m, j, _)| (*m, *j) == (mois, jour)) {
        return Some(nom);
    }
    if territoire.abolition(date.year()) == Some((mois, jour)) {
        return Some("Abolition de l’esclavage");
    }
    let alsace = territoire == Territoire::AlsaceMoselle;
    if alsace && (mois, jour) == (12, 26) {
        return Some("2e jour de Noël");
    }
    if !(3..=6).contains(&mois) {
        return None;
    }
    let (mois_paques, jour_paques) = paques(date.year());
    let dimanche = NaiveDate::from_ymd_opt(date.year(), mois_paques, jour_paques)?;
    match date.signed_duration_since(dimanche).num_days() {
        -2 if alsace => Some("Vendredi saint"),
        1 => Some("Lundi de Pâques"),
        39 => Some("Ascension"),
        50 => Some("Lundi de Pentecôte"),
        _ => None,
    }
}

/// Every public holiday of a year in a territory, in order.
pub fn jours_feries(annee: i32, territoire: Territoire) -> Vec<(NaiveDate, &'static str)> {
    NaiveDate::from_ymd_opt(annee, 1, 1)
        .into_iter()
        .flat_map(|premier| premier.iter_days().take_while(move |d| d.year() == annee))
        .filter_map(|d| jour_ferie(d, territoire).map(|nom| (d, nom)))
        .collect()
}

/// Why a day is not a working day: Saturday, Sunday, or the name of the holiday.
pub fn jour_chome(date: NaiveDate, territoire: Territoire) -> Option<&'static str> {
    jour_ferie(date, territoire).or(match date.weekday() {
        Weekday::Sat => Some("samedi"),
        Weekday::Sun => Some("dimanche"),
        _ => None,
    })
}

/// The day itself, or the next working day (ECH-2). `None` past the last date that can be written.
pub fn jour_ouvrable_suivant(date: NaiveDate, territoire: Territoire) -> Option<NaiveDate> {
    let mut jour = date;
    while jour_chome(jour, territoire).is_some() {
        jour = jour.checked_add_days(Days::new(1))?;
    }
    Some(jour)
}
