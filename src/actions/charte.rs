//! REG-12: the signatory of a CPAM applies a charter from a day on, changes it, or ceases to. Nothing is retroactive.

use chrono::NaiveDate;
use regles::charte::{Charte, Critere};
use regles::evenement::Fait;
use regles::texte;

use super::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::contrainte::Contrainte;
use crate::db::{DbError, WriteTx, charte};

/// Writes the charter that a CPAM applies from a day on; without criteria, it applies none from that day.
///
/// # Errors
/// A day in the past or already taken; criteria that do not make a charter; the refusal of the database.
pub fn dater(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    caisse: &str,
    du: NaiveDate,
    criteres: Vec<Critere>,
) -> ActionResult<i64> {
    if du < acte.jour() {
        return Err(ActionError::champ(
            "du",
            "Une charte ne s’applique pas au passé : choisissez aujourd’hui ou un jour à venir.",
        ));
    }
    let auteur = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("a charter without an author".to_owned()))?;
    let nouvelle = Charte { du, criteres };
    if !nouvelle.criteres.is_empty() {
        nouvelle
            .verifier()
            .map_err(|e| ActionError::refus(format!("La charte n’est pas enregistrée : {e}.")))?;
    }
    let id = charte::inserer(tx, caisse, du, &nouvelle.criteres, auteur, acte.le()).map_err(
        |e| match e {
            DbError::Contrainte(Contrainte::CharteDuJour) => ActionError::champ(
                "du",
                format!(
                    "Une décision commence déjà le {} : choisissez un autre jour.",
                    texte::date_fr(du)
                ),
            ),
            autre => autre.into(),
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        Objet {
            caisse_code: Some(caisse),
            ..Objet::default()
        },
        Fait::CharteDatee {
            charte: id,
            du,
            criteres: nouvelle.criteres,
        },
    )?;
    Ok(id)
}
