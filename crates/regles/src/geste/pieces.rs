//! PRO-3, PRO-14: what the documents of a file allow.

use crate::demande::EtatDemande;
use crate::liste_pieces::Manques;
use crate::piece::NaturePiece;
use crate::refus::Refus;

/// PRO-3: whether everything indispensable is there.
///
/// # Errors
/// What is missing, refused, or waits for the praticien-conseil, by name.
pub fn indispensables(manques: &Manques) -> Result<(), Refus> {
    let dites = |natures: &[NaturePiece], suite: &str| -> Vec<String> {
        let dite = |n: &NaturePiece| format!("« {} » ({suite})", n.libelle());
        natures.iter().map(dite).collect()
    };
    let mut manquent = dites(&manques.absentes, "pas reçue");
    manquent.extend(dites(&manques.refusees, "refusée"));
    if !manquent.is_empty() {
        manquent.extend(dites(
            &manques.a_conclure,
            "la conclusion du praticien-conseil est attendue",
        ));
        let (debut, sans) = match manquent.len() {
            1 => ("Une pièce indispensable manque", "elle"),
            _ => ("Des pièces indispensables manquent", "elles"),
        };
        let suite = match (manques.a_demander(), manquent.len()) {
            (true, 1) => "demandez-la à la personne",
            (true, _) => "demandez-les à la personne",
            (false, 1) => "elle est demandée à la personne, attendez-la",
            (false, _) => "elles sont demandées à la personne, attendez-les",
        };
        return Err(Refus::dit(
            "piece_indispensable",
            format!(
                "{debut} : {}. Sans {sans}, le dossier n’est pas complet et rien ne peut être accordé : {suite}.",
                manquent.join(", ")
            ),
        ));
    }
    if !manques.a_conclure.is_empty() {
        let attendues = dites(&manques.a_conclure, "santé");
        return Err(Refus::dit(
            "conclusion_attendue",
            format!(
                "La conclusion du praticien-conseil est attendue : {}. Avant elle, le dossier n’est pas complet et rien ne peut être accordé.",
                attendues.join(", ")
            ),
        ));
    }
    Ok(())
}

/// PRO-3: whether the documents of a request may be examined.
///
/// # Errors
/// It is closed.
pub fn examiner_pieces(etat: EtatDemande) -> Result<(), Refus> {
    if etat.en_cours() {
        return Ok(());
    }
    Err(Refus::fixe(
        "demande_close",
        "Cette demande est close : ses pièces ne changent plus.",
    ))
}
