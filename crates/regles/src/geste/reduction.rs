//! What the caisse may state of a reduction of activity.

use crate::demande::EtatDemande;
use crate::refus::Refus;

/// DER-4: whether the end or the renewal of a reduction may be recorded; `suivie`: one is followed.
///
/// # Errors
/// The request is not granted, or nothing is followed.
pub fn suivre_reduction(etat: EtatDemande, suivie: bool) -> Result<(), Refus> {
    if !etat.consomme() {
        return Err(Refus::dit(
            "demande_etat",
            format!(
                "Le suivi d’une réduction d’activité suppose un accord en cours : la demande est à l’état « {etat} »."
            ),
        ));
    }
    if !suivie {
        return Err(Refus::fixe(
            "reduction_non_suivie",
            "Aucune réduction d’activité n’est suivie sur cette demande : il n’y a rien à constater.",
        ));
    }
    Ok(())
}
