//! PRO-1: whether a request may go to another caisse.

use crate::demande::{EtatDemande, NatureDemande};
use crate::refus::Refus;
use crate::silence::SilenceEchu;

/// PRO-1: whether a request may be forwarded to another caisse: nobody proposed or decided anything on it.
///
/// # Errors
/// It is proposed, decided or closed; silence was worth an answer; it takes the place of a colleague of this caisse.
pub fn transmettre(
    etat: EtatDemande,
    nature: NatureDemande,
    silence: Option<SilenceEchu>,
) -> Result<(), Refus> {
    use EtatDemande as E;
    match etat {
        E::Deposee | E::Incomplete | E::Complete => {}
        E::Proposee => {
            return Err(Refus::fixe(
                "transmission_proposee",
                "Une décision est proposée : la personne qui signe doit d’abord la renvoyer à l’instruction.",
            ));
        }
        _ => {
            return Err(Refus::fixe(
                "transmission_decidee",
                "Cette demande est décidée ou close : elle ne peut plus être transmise à une autre caisse.",
            ));
        }
    }
    if silence.is_some() {
        return Err(Refus::fixe(
            "transmission_silence",
            "Le délai de réponse est passé : notre silence vaut réponse, et c’est à notre caisse d’en répondre.",
        ));
    }
    if nature == NatureDemande::Succession {
        return Err(Refus::fixe(
            "transmission_succession",
            "Cette demande prend la place d’un confrère de notre caisse : elle se décide ici. Si le lieu d’exercice n’est pas le bon, corrigez-le.",
        ));
    }
    Ok(())
}
