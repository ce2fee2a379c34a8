//! DER-3, PRO-13: the opinion of the commission, asking to be heard by it, setting the day.

use crate::conventionnement::AvisCpd;
use crate::demande::{EtatDemande, NatureDemande};
use crate::refus::Refus;

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
