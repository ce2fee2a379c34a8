//! PRO-3: a document accepted, or refused with a reason that its sender reads.

use chrono::NaiveDateTime;
use regles::evenement::Fait;
use regles::piece::{Emploi, Evenement, NaturePiece, transition};
use regles::sante::CONCLUSION_MAX;

use super::DE_SANTE;

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
    /// Why it is refused; none when it is accepted. Of a document that touches health, the conclusion, whatever it is.
    ///
    /// # Errors
    /// A refusal without a reason; no conclusion, or one that is too long to be without medical detail.
    pub(in crate::actions) fn motif(&self, scope: &CpamScope) -> ActionResult<Option<&'a str>> {
        if matches!(scope, CpamScope::Sante(_)) {
            return conclusion(self.motif).map(Some);
        }
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
        let apres = transition(p.etat, Emploi::Courant, self.verdict)?.vers();
        let fait = match p.sante {
            true => Fait::PieceDeSanteConclue {
                piece: p.id,
                document: p.nature,
                avant: p.etat,
                apres,
                conclusion: motif.map(str::to_owned),
            },
            false => Fait::PieceExaminee {
                piece: p.id,
                document: p.nature,
                avant: p.etat,
                apres,
                nom: p.contenu.as_ref().map(|c| c.nom.clone()),
                motif: motif.map(str::to_owned),
            },
        };
        Ok(tracer(tx, &acte.acteur, objet, fait)?)
    }
}

/// PRO-14: one sentence, short enough to hold no medical detail.
fn conclusion(dite: &str) -> ActionResult<&str> {
    let dite = dossier::motif(
        "motif",
        dite,
        "Écrivez votre conclusion en une phrase courte, sans détail médical : la personne et la caisse la liront.",
    )?;
    if dite.chars().count() > CONCLUSION_MAX {
        return Err(ActionError::champ(
            "motif",
            format!(
                "Une conclusion tient en {CONCLUSION_MAX} caractères : une phrase courte, sans détail médical."
            ),
        ));
    }
    Ok(dite)
}

/// What a letter says of why a document is refused: of one that touches health, only where to read it (PRO-14).
pub(in crate::actions) fn motif_de_lettre<'a>(p: &Piece, motif: &'a str) -> &'a str {
    match p.sante {
        true => "La conclusion du praticien-conseil est dans votre espace.",
        false => motif,
    }
}

/// What a letter calls a document.
pub(in crate::actions) fn nom_de_lettre(p: &Piece) -> &str {
    match &p.contenu {
        Some(contenu) if !p.sante => &contenu.nom,
        _ => DE_SANTE,
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
    let motif = examen.motif(scope)?;
    let p = piece::lire(tx, scope, examen.piece_id)?;
    let passage = transition(p.etat, p.emploi(decidee), examen.verdict)?;
    if p.nature == NaturePiece::QualiteAyantDroit {
        return Err(ActionError::refus(
            "Cette preuve est vérifiée quand la caisse habilite les ayants droit : elle ne s’examine pas ici.",
        ));
    }
    if p.nature == NaturePiece::MandatEcrit {
        return Err(ActionError::refus(
            "Un mandat se vérifie sur sa page, qui dit qui peut agir et jusqu’à quand : il ne s’examine pas ici.",
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
