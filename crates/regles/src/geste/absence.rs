//! Declaring the absence of an agent.

use crate::absence::{Absence, remplacant};
use crate::refus::Refus;
use crate::texte;

/// Whether an absence may be declared beside the others: one at a time for a person, and a substitute who is there, or whose
/// own substitute is, every day of it.
///
/// # Errors
/// A refusal that says which days stand in the way.
pub fn declarer_absence(absences: &[Absence], nouvelle: Absence) -> Result<(), Refus> {
    let deja = absences
        .iter()
        .find(|a| a.absent == nouvelle.absent && a.du <= nouvelle.au && nouvelle.du <= a.au);
    if let Some(deja) = deja {
        return Err(Refus::dit(
            "absence_deja",
            format!(
                "Une absence est déjà déclarée du {} au {} : une personne a un seul remplacement par jour. Supprimez-la, ou choisissez d’autres jours.",
                texte::date_fr(deja.du),
                texte::date_fr(deja.au)
            ),
        ));
    }
    if nouvelle.remplacant.is_none() {
        return Ok(());
    }
    let mut toutes = absences.to_vec();
    toutes.push(nouvelle);
    // Who stands in for whom only changes where an absence begins, or the day after one ends.
    let bornes = absences.iter().flat_map(|a| [Some(a.du), a.au.succ_opt()]);
    let sans = bornes
        .flatten()
        .chain([nouvelle.du])
        .filter(|jour| nouvelle.vaut(*jour))
        .filter(|jour| remplacant(&toutes, nouvelle.absent, *jour).is_none())
        .min();
    match sans {
        None => Ok(()),
        Some(jour) => Err(Refus::dit(
            "remplacant_absent",
            format!(
                "Le {}, cette personne est absente aussi, et personne d’autre n’assure son remplacement : choisissez quelqu’un d’autre, ou deux périodes.",
                texte::date_fr(jour)
            ),
        )),
    }
}
