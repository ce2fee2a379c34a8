//! What the documents of a case say of what is expected of the reader.

use regles::piece::{EtatPiece, NaturePiece};

use super::super::lu::Lu;

/// Whether the last proof of the installation was refused (REG-9).
pub(super) fn preuve_refusee(lu: &Lu, demande_id: i64) -> bool {
    let mut preuves = lu
        .pieces
        .iter()
        .filter(|p| p.dossier_id == demande_id && p.nature == NaturePiece::PreuveInstallation);
    let refusees = preuves.clone().any(|p| p.etat == EtatPiece::Refusee);
    refusees && preuves.all(|p| p.etat == EtatPiece::Refusee)
}

/// The kind of the first document of a case that was refused, and of which nothing has come since.
pub(super) fn a_remplacer(lu: &Lu, dossier_id: i64) -> Option<NaturePiece> {
    let siennes = || lu.pieces.iter().filter(|p| p.dossier_id == dossier_id);
    siennes()
        .find(|p| {
            p.etat == EtatPiece::Refusee
                && siennes()
                    .all(|autre| autre.nature != p.nature || autre.etat == EtatPiece::Refusee)
        })
        .map(|p| p.nature)
}
