//! PRO-4: when the commission may be asked for its opinion.

use crate::conventionnement::AvisCpd;
use crate::demande::{EtatDemande, NatureDemande};
use crate::grand_livre::EtatPlace;
use crate::refus::Refus;

const DEJA_SAISIE: Refus = Refus::fixe(
    "commission_saisie",
    "La commission est déjà saisie : enregistrez son avis quand elle l’a rendu, ou quand son délai est passé.",
);

/// Whether the commission may be asked for its opinion on a request; `saisie`: it was, and has not answered. One that was
/// adjourned or tied is put to it again.
///
/// # Errors
/// No derogation, a file that is not complete or is past instruction, an opinion awaited or given.
pub fn saisir(
    nature: NatureDemande,
    etat: EtatDemande,
    saisie: bool,
    avis: Option<AvisCpd>,
) -> Result<(), Refus> {
    use EtatDemande as E;
    if nature != NatureDemande::Derogation {
        return Err(Refus::fixe(
            "demande_sans_avis",
            "La commission ne se prononce que sur une dérogation : cette demande n’en est pas une.",
        ));
    }
    match etat {
        E::Complete => {}
        E::Deposee | E::Incomplete => {
            return Err(Refus::fixe(
                "demande_incomplete",
                "La commission reçoit un dossier complet : déclarez-le complet, puis saisissez-la.",
            ));
        }
        _ => {
            return Err(Refus::dit(
                "demande_etat",
                format!(
                    "La commission ne peut plus être saisie : la demande est à l’état « {etat} »."
                ),
            ));
        }
    }
    if saisie {
        return Err(DEJA_SAISIE);
    }
    match avis {
        None | Some(AvisCpd::Ajourne | AvisCpd::Partage) => Ok(()),
        Some(_) => Err(Refus::fixe(
            "avis_rendu",
            "La commission a rendu son avis sur cette demande : elle n’a plus à être saisie.",
        )),
    }
}

/// Whether the commission may be asked if the place of a departure may be transmitted (REG-4).
///
/// # Errors
/// There is no place to examine, or it was asked already.
pub fn saisir_du_depart(place: Option<EtatPlace>, saisie: bool) -> Result<(), Refus> {
    if place != Some(EtatPlace::AExaminer) {
        return Err(Refus::fixe(
            "place_sans_examen",
            "Ce départ n’est pas à examiner par la commission : elle n’a pas à être saisie.",
        ));
    }
    match saisie {
        true => Err(DEJA_SAISIE),
        false => Ok(()),
    }
}
