//! PRO-3: documents sent once the file is open, and what they take the place of.

use chrono::NaiveDateTime;
use regles::piece::Emploi;

use super::{PieceRecue, Rattachement, attacher};
use crate::actions::{Acte, ActionError, ActionResult};
use crate::db::piece::{self, Contenu, EtatPiece, Piece, PieceDemandee};
use crate::db::{DbError, WriteTx};

/// A document sent after the filing, and the request of the CPAM that it answers, if any.
#[derive(Debug, Clone)]
pub struct Envoi {
    /// The document.
    pub piece: PieceRecue,
    /// The row of `piece_demandee` that it answers.
    pub repond_a: Option<i64>,
    /// The document that it takes the place of.
    pub remplace: Option<i64>,
}

/// Documents that one file takes from its sender, at most: a bound of ours, far above what any request asks for.
pub const PIECES_MAX: usize = 100;

/// Attaches the documents that the file does not hold yet, and notes those that give way to one; returns both. What a
/// decision taken at `decidee` rests on gives way to nothing: what comes is added.
///
/// # Errors
/// More than [`PIECES_MAX`] documents, the very one that was refused, one that is not replaced any more, the refusal of the database.
pub(in crate::actions) fn recevoir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier_id: i64,
    envois: &[Envoi],
    attendues: &[PieceDemandee],
    (deja, decidee): (&[Piece], Option<NaiveDateTime>),
) -> ActionResult<(Vec<PieceRecue>, Vec<i64>)> {
    if deja.len() + envois.len() > PIECES_MAX {
        return Err(ActionError::refus(format!(
            "Ce dossier a déjà {} documents, et n’en reçoit pas plus de {PIECES_MAX} : réunissez ce qui reste en un seul PDF, \
             ou demandez par un message à la caisse ce qu’elle attend. Rien n’a été enregistré.",
            deja.len()
        )));
    }
    let mut recues = Vec::new();
    let mut remplacees = Vec::new();
    for envoi in envois {
        let meme = deja.iter().find(|p| meme_document(p, &envoi.piece));
        if meme.is_some_and(|p| p.etat == EtatPiece::Refusee) {
            return Err(ActionError::refus(format!(
                "« {} » est le document que la caisse a refusé : choisissez-en un autre. Rien n’a été enregistré.",
                envoi.piece.nom
            )));
        }
        // The very same document for the very same purpose is the form sent twice: kept once.
        if meme.is_some() {
            continue;
        }
        let une = std::slice::from_ref(&envoi.piece);
        let ids = attacher(tx, acte, Rattachement::dossier(dossier_id), une)?;
        recues.push(envoi.piece.clone());
        let demandee = attendues.iter().find(|d| Some(d.id) == envoi.repond_a);
        let figee = |id: &i64| {
            let ancienne = deja.iter().find(|p| p.id == *id);
            ancienne.is_some_and(|p| p.emploi(decidee) == Emploi::Figee)
        };
        let ancienne = envoi
            .remplace
            .or(demandee.and_then(|d| d.piece_id))
            .filter(|id| !figee(id));
        let (Some(ancienne), Some(nouvelle)) = (ancienne, ids.first()) else {
            continue;
        };
        match piece::remplacer(tx, dossier_id, ancienne, *nouvelle, acte.le()) {
            Ok(()) => remplacees.push(ancienne),
            // What was asked for may have come otherwise since.
            Err(DbError::Perime) if envoi.remplace.is_none() => {}
            Err(DbError::Perime) => {
                return Err(ActionError::refus(
                    "Cette pièce a été acceptée ou déjà remplacée : elle ne se remplace plus. Rien n’a été enregistré.",
                ));
            }
            Err(erreur) => return Err(erreur.into()),
        }
    }
    Ok((recues, remplacees))
}

/// Whether a document of the file has these bytes and this nature, in the same compartment: one sent again to be put apart
/// is not the one that was open.
fn meme_document(p: &Piece, recue: &PieceRecue) -> bool {
    let meme = |c: &Contenu| c.empreinte == recue.stockee.empreinte;
    p.nature == recue.nature && p.sante == recue.sante && p.contenu.as_ref().is_some_and(meme)
}

/// Whether a document of these bytes and this nature is already in the file.
pub(in crate::actions) fn connue(deja: &[Piece], recue: &PieceRecue) -> bool {
    deja.iter().any(|p| meme_document(p, recue))
}
