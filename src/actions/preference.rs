//! Which mails somebody wants. What the law requires is sent whatever is chosen: receipt, missing documents,
//! decision and its notification, lapse.

use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::preference;
use crate::db::{AnyConn, WriteTx};
use regles::evenement::Fait;
use regles::preference::{Frequence, Sujet};

/// Whether a mail on this subject leaves at once.
pub fn chaque_fois(conn: &mut AnyConn, compte_id: i64, sujet: Sujet) -> ActionResult<bool> {
    Ok(preference::pour(conn, compte_id, sujet)? == Frequence::ChaqueFois)
}

/// Writes what somebody chooses.
///
/// # Errors
/// A frequency that the subject does not offer; the refusal of the database.
pub fn choisir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    choix: &[(Sujet, Frequence)],
) -> ActionResult<()> {
    let qui = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("preferences without an account".to_owned()))?;
    for (sujet, frequence) in choix {
        if !sujet.frequences().contains(frequence) {
            return Err(ActionError::champ(
                sujet.as_str(),
                "Choisissez l’une des fréquences proposées.",
            ));
        }
        preference::choisir(tx, qui, *sujet, *frequence, acte.le())?;
    }
    tracer(
        tx,
        &acte.acteur,
        Objet::default(),
        Fait::ComptePreferences {
            choix: choix
                .iter()
                .map(|(s, f)| (s.as_str().to_owned(), f.as_str().to_owned()))
                .collect(),
            compte: Some(qui),
        },
    )?;
    Ok(())
}
