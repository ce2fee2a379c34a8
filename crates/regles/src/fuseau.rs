//! ECH-2: a day ends at midnight where the CPAM is, not in Paris.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, Weekday};

use super::calendrier::Territoire;
use super::texte::heure_de_paris;

/// The clock of a territory for an instant in UTC. Only Paris and Saint-Pierre-et-Miquelon have a summer time.
pub fn heure_locale(utc: NaiveDateTime, territoire: Territoire) -> NaiveDateTime {
    let heures = match territoire {
        Territoire::Metropole | Territoire::AlsaceMoselle => return heure_de_paris(utc),
        Territoire::Guadeloupe
        | Territoire::Martinique
        | Territoire::SaintBarthelemy
        | Territoire::SaintMartin => -4,
        Territoire::Guyane => -3,
        Territoire::SaintPierreEtMiquelon => {
            if ete_a_saint_pierre(utc) {
                -2
            } else {
                -3
            }
        }
        Territoire::LaReunion => 4,
        Territoire::Mayotte => 3,
        Territoire::NouvelleCaledonie => 11,
        Territoire::PolynesieFrancaise => -10,
        Territoire::WallisEtFutuna => 12,
    };
    utc + Duration::hours(heures)
}

/// The day it is in a territory at an instant in UTC.
pub fn jour_local(utc: NaiveDateTime, territoire: Territoire) -> NaiveDate {
    heure_locale(utc, territoire).date()
}

/// From the second Sunday of March to the first Sunday of November, at two o’clock of the place, as in North America.
fn ete_a_saint_pierre(utc: NaiveDateTime) -> bool {
    let bascule = |mois, rang, heure_utc| {
        NaiveDate::from_weekday_of_month_opt(utc.year(), mois, Weekday::Sun, rang)
            .and_then(|jour| jour.and_hms_opt(heure_utc, 0, 0))
    };
    match (bascule(3, 2, 5), bascule(11, 1, 4)) {
        (Some(debut), Some(fin)) => utc >= debut && utc < fin,
        _ => false,
    }
}
