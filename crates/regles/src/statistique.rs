//! Figures: what a list of durations says in the middle and at its slow end.

use chrono::{Datelike, Months, NaiveDate};

/// The periods that one may look at, in months.
pub const PERIODES: [u32; 3] = [12, 24, 36];

/// The first day looked at: the first of the month, so many months ago, this one included.
pub fn debut(aujourd_hui: NaiveDate, mois: u32) -> NaiveDate {
    let premier = aujourd_hui.with_day(1).unwrap_or(aujourd_hui);
    premier
        .checked_sub_months(Months::new(mois.saturating_sub(1)))
        .unwrap_or(premier)
}

/// The value under which this share (in hundredths) of a distribution lies; none when it is empty.
/// `histogramme`: (value, how many), in any order.
pub fn centile(histogramme: &[(i64, i64)], part: i64) -> Option<i64> {
    let mut valeurs = histogramme.to_vec();
    valeurs.sort_unstable();
    let total: i64 = valeurs.iter().map(|(_, n)| n).sum();
    if total <= 0 {
        return None;
    }
    // The smallest value that at least this share does not exceed.
    let rang = (total * part + 99) / 100;
    let mut vus = 0;
    for (valeur, nombre) in valeurs {
        vus += nombre;
        if vus >= rang.max(1) {
            return Some(valeur);
        }
    }
    None
}
