//! PRO-13: asking to be heard by the commission, and setting the day.

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
