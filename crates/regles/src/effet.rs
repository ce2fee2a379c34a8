//! PRO-3, GEN-2, REG-17: the first day on which a grant covers acts.

use chrono::NaiveDate;

use super::piece::NaturePiece;

/// The first day: the one that the decision fixes, or the last of what is awaited when it comes later; none while something is.
/// `attendus`: the day each came, none for what has not: the condition of the grant (REG-17), the useful documents that the
/// file lacked when it was signed (CRPA L114-5-1).
pub fn effet(signe: Option<NaiveDate>, attendus: &[Option<NaiveDate>]) -> Option<NaiveDate> {
    attendus.iter().fold(signe, |jour, attendu| {
        jour.zip(*attendu).map(|(jour, venu)| jour.max(venu))
    })
}

/// PRO-3: whether every document awaited is among those received that were not refused.
pub fn toutes_venues(attendues: &[NaturePiece], recues: &[NaturePiece]) -> bool {
    attendues.iter().all(|nature| recues.contains(nature))
}
