//! What is said of a request that came on paper (PRO-13).

use chrono::NaiveDate;

use crate::ecrit::NatureEcrit;
use crate::texte::{date_fr, minuscule_initiale};

/// An agent entered it.
pub(super) fn saisie(recue_le: NaiveDate) -> String {
    format!(
        "a saisi la demande, reçue sur papier le {}",
        date_fr(recue_le)
    )
}

/// An agent recorded the letter that withdraws it.
pub(super) fn retiree(recue_le: NaiveDate) -> String {
    format!(
        "a enregistré le retrait de la demande, reçu sur papier le {}",
        date_fr(recue_le)
    )
}

/// A letter that answers it was posted.
pub(super) fn postee(le: NaiveDate) -> String {
    format!("a posté une lettre le {}", date_fr(le))
}

/// The file was linked to an account.
pub(super) fn rattache(verification: Option<&str>) -> String {
    match verification {
        Some(comment) => format!(
            "a rattaché le dossier au compte de la personne, après avoir vérifié qui elle est : {comment}"
        ),
        None => "a rattaché le dossier au compte de la personne, après avoir vérifié qui elle est"
            .to_owned(),
    }
}

/// A letter frozen as a document, by its kind and the beginning of its digest.
pub(super) fn document(nature: NatureEcrit, empreinte: &str) -> String {
    let debut = empreinte.get(..12).unwrap_or(empreinte);
    format!(
        "a établi un document : {} (empreinte {debut}…)",
        minuscule_initiale(nature.libelle())
    )
}
