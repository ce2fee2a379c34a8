//! REG-17: what may be done on a grant that waits for its condition.

use chrono::NaiveDate;

use crate::demande::EtatDemande;
use crate::refus::Refus;
use crate::reserve;

/// REG-17: nothing begins before the condition is met.
pub const SOUS_RESERVE: Refus = Refus::fixe(
    "accord_sous_reserve",
    "Cet accord est sous réserve : l’installation ne peut pas commencer avant que sa condition soit remplie, et constatée par la caisse.",
);

/// REG-17: whether the condition of a grant may be stated as met, and by which last day.
///
/// # Errors
/// The request is not granted, or no condition waits.
pub fn lever_la_reserve(
    etat: EtatDemande,
    (au_plus_tard, levee): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<NaiveDate, Refus> {
    if etat != EtatDemande::Accordee {
        return Err(Refus::dit(
            "demande_etat",
            format!(
                "Une condition se constate sur un accord en cours : la demande est à l’état « {etat} »."
            ),
        ));
    }
    reserve::attendue(au_plus_tard, levee)
}
