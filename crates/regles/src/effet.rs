//! PRO-3, GEN-2, REG-17: the first day on which a grant covers acts.

use chrono::NaiveDate;

use super::piece::NaturePiece;
use super::texte;

/// The first day: the one that the decision fixes, or the last of what is awaited when it comes later; none while something is.
/// `attendus`: the day each came, none for what has not: the condition of the grant (REG-17), the useful documents that the
/// file lacked when it was signed (CRPA L114-5-1).
pub fn effet(signe: Option<NaiveDate>, attendus: &[Option<NaiveDate>]) -> Option<NaiveDate> {
    attendus.iter().fold(signe, |jour, attendu| {
        jour.zip(*attendu).map(|(jour, venu)| jour.max(venu))
    })
}

/// PRO-3: whether every document awaited is among those received that were not refused.
pub fn toutes_venues(attendues: &[NaturePiece], recues: &[NaturePiece]) -> bool {
    attendues.iter().all(|nature| recues.contains(nature))
}

/// «justificatif du local et attestation d’assurance».
pub fn nommees(attendues: &[NaturePiece]) -> String {
    let noms: Vec<String> = attendues
        .iter()
        .map(|nature| texte::minuscule_initiale(nature.libelle()))
        .collect();
    match noms.split_last() {
        Some((derniere, autres)) if !autres.is_empty() => {
            format!("{} et {derniere}", autres.join(", "))
        }
        Some((derniere, _)) => derniere.clone(),
        None => String::new(),
    }
}

/// What the applicant reads while the grant waits for documents.
pub fn attendre_les_pieces(attendues: &[NaturePiece]) -> String {
    format!(
        "Votre accord prend effet le jour où la caisse a reçu : {}. Envoyez ces pièces depuis cette page, et ne commencez pas votre activité conventionnée avant : les actes facturés avant ne sont pas couverts.",
        nommees(attendues)
    )
}
