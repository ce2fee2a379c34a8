//! DER-3, PRO-4, PRO-13: asking for the opinion of the commission, recording it, being heard by it.

use crate::conventionnement::AvisCpd;
use crate::demande::{EtatDemande, NatureDemande};
use crate::grand_livre::EtatPlace;
use crate::refus::Refus;

const DEJA_SAISIE: Refus = Refus::fixe(
    "commission_saisie",
    "La commission est déjà saisie : enregistrez son avis quand elle l’a rendu, ou quand son délai est passé.",
);

/// Whether the applicant may ask to be heard; `demandee`: she did already.
///
/// # Errors
/// The commission has nothing to hear, or it is asked already.
pub fn demander_audition(
    nature: NatureDemande,
    etat: EtatDemande,
    avis: Option<AvisCpd>,
    demandee: bool,
) -> Result<(), Refus> {
    convoquer(nature, etat, avis)?;
    if demandee {
        return Err(Refus::fixe(
            "audition_demandee",
            "Vous avez déjà demandé une audition : la caisse vous écrit le jour, l’heure et le lieu.",
        ));
    }
    Ok(())
}

/// Whether the day of a hearing may be set, or moved.
///
/// # Errors
/// The commission does not advise on this request, or has nothing more to say of it.
pub fn convoquer(
    nature: NatureDemande,
    etat: EtatDemande,
    avis: Option<AvisCpd>,
) -> Result<(), Refus> {
    use AvisCpd as A;
    use EtatDemande as E;
    if nature != NatureDemande::Derogation {
        return Err(Refus::fixe(
            "audition_sans_avis",
            "La commission ne se prononce que sur une dérogation : elle n’entend personne sur cette demande.",
        ));
    }
    if matches!(avis, Some(A::Favorable | A::Defavorable | A::ReputeRendu)) {
        return Err(Refus::fixe(
            "avis_rendu",
            "L’avis de la commission est rendu : elle n’entend plus. Il reste possible d’écrire à la caisse avant la décision.",
        ));
    }
    if matches!(etat, E::Deposee | E::Incomplete | E::Complete) {
        return Ok(());
    }
    Err(Refus::dit(
        "demande_etat",
        format!("La commission n’entend plus sur cette demande : elle est à l’état « {etat} »."),
    ))
}

/// DER-3: whether the opinion of the commission may be recorded, or corrected.
///
/// # Errors
/// The request is no derogation, or a decision is proposed or taken.
pub fn noter_avis(nature: NatureDemande, etat: EtatDemande) -> Result<(), Refus> {
    use EtatDemande as E;
    if nature != NatureDemande::Derogation {
        return Err(Refus::fixe(
            "demande_sans_avis",
            "La commission ne se prononce que sur une dérogation : cette demande n’en est pas une.",
        ));
    }
    if matches!(etat, E::Deposee | E::Incomplete | E::Complete) {
        return Ok(());
    }
    Err(Refus::dit(
        "demande_etat",
        format!("L’avis ne peut plus changer : la demande est à l’état « {etat} »."),
    ))
}

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
