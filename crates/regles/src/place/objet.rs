//! REG-16: an open place has an object while its zone is regulated, and no longer.

use chrono::NaiveDate;

use crate::grand_livre::EtatPlace;
use crate::zonage::Categorie;

/// REG-16: the day since which a place is without object: the first one, from the cessation on, on which its zone was not
/// regulated. That the zone is regulated again later brings nothing back. `categories`: those of the zone, each with its
/// first day, in order; the last one that began by the cessation counts for it.
pub fn sans_objet_depuis(
    etat: EtatPlace,
    cessation: NaiveDate,
    categories: &[(NaiveDate, Categorie)],
    jour: NaiveDate,
) -> Option<NaiveDate> {
    if !etat.attend() {
        return None;
    }
    let debut = categories.partition_point(|(du, _)| *du <= cessation);
    categories
        .get(debut.saturating_sub(1)..)?
        .iter()
        .find(|(du, categorie)| *du <= jour && !categorie.est_regulee())
        .map(|(du, _)| (*du).max(cessation))
}
