//! PRO-3: a document accepted, or refused with a reason that its sender reads.

use chrono::NaiveDateTime;
use regles::evenement::Fait;
use regles::piece::{Emploi, Evenement, NaturePiece, transition};

use crate::actions::dossier;
use crate::actions::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::piece::{self, Piece};
use crate::db::{CpamScope, WriteTx};

/// What an agent says of a document.
#[derive(Debug, Clone, Copy)]
pub struct Examen<'a> {
    /// The document.
    pub piece_id: i64,
    /// Accepted or refused.
    pub verdict: Evenement,
    /// Why it is refused.
    pub motif: &'a str,
}

impl<'a> Examen<'a> {
    /// Why it is refused; none when it is accepted.
    ///
    /// # Errors
    /// A refusal without a reason.
    pub(in crate::actions) fn motif(&self) -> ActionResult<Option<&'a str>> {
        match self.verdict {
            Evenement::Refuser => Ok(Some(dossier::motif(
                "motif",
                self.motif,
                "Écrivez pourquoi la pièce est refusée : la personne le lira.",
            )?)),
            Evenement::Accepter | Evenement::Remplacer => Ok(None),
        }
    }

    /// Notes it in the timeline of the file.
    pub(in crate::actions) fn tracer(
        &self,
        tx: &mut WriteTx<'_>,
        acte: &Acte,
        objet: Objet<'_>,
        p: &Piece,
        motif: Option<&str>,
    ) -> ActionResult<()> {
        tracer(
            tx,
            &acte.acteur,
            objet,
            Fait::PieceExaminee {
                piece: p.id,
                document: p.nature,
                avant: p.etat,
                apres: transition(p.etat, Emploi::Courant, self.verdict)?.vers(),
                nom: Some(p.nom.clone()),
                motif: motif.map(str::to_owned),
            },
        )?;
        Ok(())
    }
}

/// Records what an agent says of a document of this file, and returns the document as it was, with why it is refused.
/// What a decision taken at `decidee` rests on does not change any more.
///
/// # Errors
/// A refusal without a reason, a document of another file, one that gave way or that is settled, the refusal of the database.
pub(in crate::actions) fn examiner<'a>(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    (dossier_id, decidee): (i64, Option<NaiveDateTime>),
    examen: &Examen<'a>,
) -> ActionResult<(Piece, Option<&'a str>)> {
    let motif = examen.motif()?;
    let p = piece::lire(tx, scope, examen.piece_id)?;
    let passage = transition(p.etat, p.emploi(decidee), examen.verdict)?;
    if p.nature == NaturePiece::QualiteAyantDroit {
        return Err(ActionError::refus(
            "Cette preuve est vérifiée quand la caisse habilite les ayants droit : elle ne s’examine pas ici.",
        ));
    }
    piece::examiner(
        tx,
        dossier_id,
        p.id,
        (passage, motif),
        (acte.acteur.id, acte.le()),
    )?;
    Ok((p, motif))
}
