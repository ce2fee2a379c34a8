//! REG-17: a grant on a condition, «sous réserve de la cessation effective au plus tard le …».

use chrono::NaiveDate;

/// The condition of a grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserve {
    /// Last day for the condition to be met, included.
    pub au_plus_tard: NaiveDate,
    /// What proves it, in words.
    pub preuve: String,
}

/// What became of a conditional grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    /// The condition may still be met.
    EnCours,
    /// Met on that day: the grant takes effect, and the six months of REG-9 run from it.
    Levee(NaiveDate),
    /// Unmet: the grant lapses, and the place may be designated again while its two years are not over.
    Defaillie,
}

impl Reserve {
    /// Where the grant stands on `jour`, the condition being met on the day that its proof gives.
    pub fn issue(&self, realisee: Option<NaiveDate>, jour: NaiveDate) -> Issue {
        match realisee {
            Some(le) if le <= self.au_plus_tard => Issue::Levee(le),
            None if jour <= self.au_plus_tard => Issue::EnCours,
            _ => Issue::Defaillie,
        }
    }
}

/// REG-9, REG-17: whether a place whose grant lapsed may be designated again on `jour`: its two years are not over.
pub fn redevient_designable(limite_designation: NaiveDate, jour: NaiveDate) -> bool {
    jour <= limite_designation
}
