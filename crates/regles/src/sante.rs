//! PRO-14: documents that touch health are kept apart.

use super::derogation::Motif;
use super::piece::NaturePiece;

/// Longest conclusion of a praticien-conseil, in characters: one sentence, without any medical detail.
pub const CONCLUSION_MAX: usize = 200;

/// Who wants to read a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lecteur {
    /// Who sent it.
    Auteur,
    /// The praticien-conseil of the caisse.
    PraticienConseil,
    /// Anybody else, the director and the auditors included.
    Autre,
}

/// Whether a document touches health by its kind and the ground invoked, or because who sent it or an agent said so.
pub fn touche_la_sante(nature: NaturePiece, motif: Option<&Motif>, signalee: bool) -> bool {
    let par_le_motif =
        nature == NaturePiece::JustificatifDerogation && motif.is_some_and(|m| m.sante);
    signalee || par_le_motif
}

/// Whether somebody may read it. Others see that it exists, and the conclusion.
pub fn peut_lire(lecteur: Lecteur, touche_la_sante: bool) -> bool {
    !touche_la_sante || lecteur != Lecteur::Autre
}
