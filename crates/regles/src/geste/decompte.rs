//! REG-3: what may be done of the count of acts of a departure below the floor.

use crate::depart::Contestation;
use crate::place::AvisSousSeuil;
use crate::refus::Refus;
use crate::texte;

/// REG-3, REG-4: whether this opinion may be recorded now. A favourable one opens the place, and takes nothing from who
/// leaves; an unfavourable one says that it is not transmissible, and waits for the contest of the count.
///
/// # Errors
/// The count may still be contested, is provisional, or its contest waits for an answer.
pub fn avis_defavorable(
    avis: AvisSousSeuil,
    contestation: Option<Contestation>,
    provisoire: bool,
) -> Result<(), Refus> {
    if avis == AvisSousSeuil::Favorable {
        return Ok(());
    }
    if provisoire {
        return Err(Refus::fixe(
            "decompte_provisoire",
            "Le relevé des actes est antérieur à la fin de sa période : il en manque. Corrigez le nombre avec un relevé postérieur avant d’enregistrer un avis défavorable.",
        ));
    }
    match contestation {
        Some(contestation) => opposable(contestation),
        None => Ok(()),
    }
}

/// REG-3: whether who leaves may contest the count of acts.
///
/// # Errors
/// No count below the floor, one that was not communicated, was contested already, or whose last day is over.
pub fn contester(contestation: Option<Contestation>) -> Result<(), Refus> {
    contestable(contestation.ok_or(Refus::fixe(
        "decompte_sans_objet",
        "Aucun nombre d’actes ne retient votre place : il n’y a rien à contester.",
    ))?)
}

/// REG-3: whether a contest waits for the answer of the CPAM.
///
/// # Errors
/// Nothing is contested, or it was answered.
pub fn repondre_a_la_contestation(contestation: Option<Contestation>) -> Result<(), Refus> {
    match contestation {
        Some(Contestation::ARepondre) => Ok(()),
        _ => Err(Refus::fixe(
            "decompte_non_conteste",
            "Aucune contestation du nombre d’actes n’attend de réponse sur ce départ.",
        )),
    }
}

/// REG-3: whether the caisse may hold the count against the leaver: say on it that the place is not transmissible.
///
/// # Errors
/// The leaver was not told, may still contest, or waits for the answer.
fn opposable(contestation: Contestation) -> Result<(), Refus> {
    match contestation {
        Contestation::Close => Ok(()),
        Contestation::ACommuniquer => Err(Refus::fixe(
            "decompte_a_communiquer",
            "Le nombre d’actes n’a pas été communiqué à la personne : corrigez les données du départ avec la date du relevé, elle en sera avertie et pourra le contester.",
        )),
        Contestation::Ouverte(terme) => Err(Refus::dit(
            "decompte_contestable",
            format!(
                "La personne peut contester le nombre d’actes {} : jusque-là, la place ne peut pas être dite non transmissible.",
                texte::au_plus_tard(terme)
            ),
        )),
        Contestation::ARepondre => Err(Refus::fixe(
            "decompte_conteste",
            "La personne conteste le nombre d’actes : répondez-lui d’abord. Jusque-là, la place ne peut pas être dite non transmissible.",
        )),
    }
}

/// REG-3: whether the leaver may contest now.
///
/// # Errors
/// The count was not communicated, was contested already, or the last day is over.
fn contestable(contestation: Contestation) -> Result<(), Refus> {
    match contestation {
        Contestation::Ouverte(_) => Ok(()),
        Contestation::ACommuniquer => Err(Refus::fixe(
            "decompte_a_communiquer",
            "La caisse ne vous a pas encore communiqué de nombre d’actes : il n’y a rien à contester.",
        )),
        Contestation::ARepondre => Err(Refus::fixe(
            "decompte_conteste",
            "Vous avez déjà contesté ce nombre : la caisse vous répondra. Vous pouvez encore joindre des pièces à votre départ.",
        )),
        Contestation::Close => Err(Refus::fixe(
            "decompte_clos",
            "Le nombre d’actes ne se conteste plus : le dernier jour est passé, ou la caisse vous a répondu.",
        )),
    }
}
