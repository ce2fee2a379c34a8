//! PRO-14: the compartment of health: what an agent moves into it, what the praticien-conseil reads of it.

use regles::evenement::Fait;

use crate::actions::dossier::motif;
use crate::actions::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::piece::{self, Piece};
use crate::db::{CpamScope, DbError, WriteTx, dossier};

/// Puts a document apart: from then on its sender and the praticien-conseil alone read it, whoever opened it by mistake
/// included. Nothing takes it back.
///
/// # Errors
/// No reason, a document that touches health already or is out of scope, the refusal of the database.
pub fn mettre_a_part(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    raison: &str,
) -> ActionResult<()> {
    let raison = motif(
        "raison",
        raison,
        "Écrivez pourquoi cette pièce est mise à part, sans en dire le contenu médical.",
    )?;
    let p = piece::lire(tx, scope, id)?;
    let d = dossier::par_id(tx, p.dossier_id)?;
    match piece::mettre_a_part(tx, id) {
        Err(DbError::Perime) => return Err(ActionError::Perime),
        autre => autre?,
    }
    tracer(
        tx,
        &acte.acteur,
        Objet::dossier(&d.caisse_code, d.id),
        Fait::PieceMiseAPart {
            piece: p.id,
            document: p.nature,
            raison: Some(raison.to_owned()),
        },
    )?;
    Ok(())
}

/// Notes in the timeline of their case that the praticien-conseil reads these documents, all of one case.
///
/// # Errors
/// The refusal of the database.
pub fn lues(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    caisse_code: &str,
    dossier_id: i64,
    pieces: &[Piece],
) -> ActionResult<()> {
    tracer(
        tx,
        &acte.acteur,
        Objet::dossier(caisse_code, dossier_id),
        Fait::PiecesDeSanteLues {
            pieces: pieces.iter().map(|p| p.id).collect(),
        },
    )?;
    Ok(())
}
