//! REG-12: the criteria of a charter, as whoever applies reads them.

use super::charte::{Critere, GenreCritere, SensCritere};
use super::texte::{nombre, pluriel};

/// What the values of a criterion are worth, in a sentence with an example: whoever applies can count her points.
pub fn bareme(critere: &Critere) -> String {
    let au_plus = pluriel(critere.poids, "point", "points");
    let croissant = critere.sens == SensCritere::Croissant;
    if critere.genre == GenreCritere::OuiNon {
        return match croissant {
            true => format!("« Oui » rapporte {au_plus}, « non » aucun."),
            false => format!("« Non » rapporte {au_plus}, « oui » aucun."),
        };
    }
    let max = nombre(critere.maximum);
    let au_dela = match critere.genre {
        GenreCritere::Nombre => " ou plus",
        _ => "",
    };
    let bouts = match croissant {
        true => format!("0 ne rapporte rien, {max}{au_dela} rapporte {au_plus}"),
        false => format!("0 rapporte {au_plus}, {max}{au_dela} ne rapporte rien"),
    };
    let milieu = critere.maximum / 2;
    let entre = match milieu {
        0 => String::new(),
        milieu => format!(
            " ; entre les deux, les points suivent la valeur : {} en rapporte {}",
            nombre(milieu),
            critere.points(milieu)
        ),
    };
    format!("{bouts}{entre}.")
}
