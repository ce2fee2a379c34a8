//! ZON-2, ZON-3: what a bassin is, and which region classifies it.

use chrono::NaiveDate;

use crate::reglement::{Reglement, ReglementError};

text_enum! {
    /// The two kinds of bassin (ZON-2). A bassin need not be in one piece.
    pub enum NatureBassin {
        /// Canton-ou-ville: in large urban units.
        CantonOuVille = "CV", "canton-ou-ville";
        /// Bassin de vie: elsewhere.
        BassinDeVie = "BV", "bassin de vie";
    }
}

impl NatureBassin {
    /// The kind that the code of a bassin carries, as `BV04070`; `None` for a code that says neither.
    pub fn du_code(code: &str) -> Option<NatureBassin> {
        code.get(..2)?.parse().ok()
    }
}

/// ZON-2: the kind of bassin expected of a commune by its urban unit (`zonage.unite_urbaine_seuil`, more than); a commune
/// outside any urban unit has none.
///
/// # Errors
/// No parameter in force that day.
pub fn nature_attendue(
    reglement: &Reglement,
    jour: NaiveDate,
    unite_urbaine: Option<i64>,
) -> Result<NatureBassin, ReglementError> {
    let seuil = reglement.entier("zonage.unite_urbaine_seuil", jour)?;
    Ok(match unite_urbaine {
        Some(habitants) if habitants > seuil => NatureBassin::CantonOuVille,
        _ => NatureBassin::BassinDeVie,
    })
}

/// ZON-3: the region that classifies a bassin whole, and counts it whole in its shares: the one that holds most of its
/// population. `None` where two hold as much, or nobody lives there: never a guess.
pub fn region_d_attribution<'a>(populations: &[(&'a str, i64)]) -> Option<&'a str> {
    let (region, la_plus_forte) = populations.iter().max_by_key(|(_, habitants)| *habitants)?;
    let seule = populations
        .iter()
        .filter(|(_, habitants)| habitants == la_plus_forte)
        .count()
        == 1;
    (seule && *la_plus_forte > 0).then_some(*region)
}
