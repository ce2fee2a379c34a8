//! Supporting documents that the store already keeps: recorded, in the place of others, accepted or refused.

mod envoi;
mod examen;
pub mod liste;
pub mod sante;

pub use envoi::{Envoi, PIECES_MAX};
pub(in crate::actions) use envoi::{connue, recevoir};
pub use examen::Examen;
pub(in crate::actions) use examen::{examiner, motif_de_lettre, nom_de_lettre};

use super::{Acte, ActionError, ActionResult};
use crate::db::WriteTx;
pub use crate::db::piece::Rattachement;
use regles::derogation::Motif;
use regles::evenement::PieceDeposee;
use regles::piece::NaturePiece;
use regles::saisie;
use regles::sante::touche_la_sante;

use crate::db::piece::{self, EtatPiece, NouvellePiece};
use crate::pieces::PieceStockee;

/// The name of the field of a kind of document, in the form of a request.
pub fn champ(nature: NaturePiece) -> String {
    format!("piece_{}", nature.as_str())
}

/// The fields of the form of a request, and the kind of document that each is for.
pub fn champs() -> Vec<(String, NaturePiece)> {
    NaturePiece::TOUS.iter().map(|n| (champ(*n), *n)).collect()
}

/// A document that was accepted and stored, before the transaction that records it.
#[derive(Debug, Clone)]
pub struct PieceRecue {
    /// What it shows.
    pub nature: NaturePiece,
    /// Name given by the sender, cleaned by [`nettoyer`].
    pub nom: String,
    /// Where the store keeps it.
    pub stockee: PieceStockee,
    /// PRO-14: it touches health, by its kind or because who sends it says so.
    pub sante: bool,
}

/// PRO-14: notes which documents touch health by their kind, for the ground invoked.
pub(in crate::actions) fn reconnaitre(recues: &mut [PieceRecue], motif: Option<&Motif>) {
    for recue in recues {
        recue.sante = touche_la_sante(recue.nature, motif, recue.sante);
    }
}

/// PRO-14: notes the documents of the kinds that their sender says touch health.
pub(in crate::actions) fn signaler(recues: &mut [PieceRecue], natures: &[NaturePiece]) {
    for recue in recues {
        recue.sante |= natures.contains(&recue.nature);
    }
}

/// Records documents and returns their identifiers, in the order given.
///
/// # Errors
/// The refusal of the database, or an act without an account.
pub fn attacher(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    a: Rattachement,
    recues: &[PieceRecue],
) -> ActionResult<Vec<i64>> {
    let mut ids = Vec::with_capacity(recues.len());
    for nouvelle in nouvelles(acte, a, recues)? {
        ids.push(piece::inserer(tx, &nouvelle)?);
    }
    Ok(ids)
}

/// Records documents, at once.
///
/// # Errors
/// As [`attacher`].
pub(in crate::actions) fn joindre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    a: Rattachement,
    recues: &[PieceRecue],
) -> ActionResult<()> {
    Ok(piece::inserer_toutes(tx, &nouvelles(acte, a, recues)?)?)
}

fn nouvelles<'a>(
    acte: &Acte,
    a: Rattachement,
    recues: &'a [PieceRecue],
) -> ActionResult<Vec<NouvellePiece<'a>>> {
    let deposee_par = acte
        .acteur
        .id
        .ok_or_else(|| ActionError::Regle("a document without a sender".to_owned()))?;
    let nouvelle = |recue: &'a PieceRecue| NouvellePiece {
        dossier_id: a.dossier_id,
        candidature_id: a.candidature_id,
        nature: recue.nature,
        sante: recue.sante,
        nom: &recue.nom,
        media: recue.stockee.media,
        taille: recue.stockee.taille,
        empreinte: &recue.stockee.empreinte,
        cle: &recue.stockee.cle,
        etat: EtatPiece::DEBUT,
        deposee_par,
        deposee_le: acte.le(),
    };
    Ok(recues.iter().map(nouvelle).collect())
}

/// Documents received, as the timeline keeps them.
pub fn deposees(recues: &[PieceRecue]) -> Vec<PieceDeposee> {
    recues
        .iter()
        .map(|r| PieceDeposee {
            nature: r.nature,
            empreinte: r.stockee.empreinte.clone(),
            taille: r.stockee.taille,
        })
        .collect()
}

/// Their names, in the same order; nobody but its reader sees that of one that touches health (PRO-14).
pub fn noms(recues: &[PieceRecue]) -> Vec<String> {
    recues.iter().map(|r| r.nom_dit().to_owned()).collect()
}

impl PieceRecue {
    /// Its name, where others than its reader may see it.
    pub fn nom_dit(&self) -> &str {
        match self.sante {
            true => DE_SANTE,
            false => &self.nom,
        }
    }
}

/// What is said in place of the name of a document that touches health.
pub const DE_SANTE: &str = "document de santé";

/// Longest name kept, in characters.
const NOM_MAX: usize = 100;

/// A file name that is safe to show and to hand back: no path, no control character, nothing that a
/// system reads as syntax, and the extension of what the bytes really are.
pub fn nettoyer(nom: &str, media: &str) -> String {
    let nom = saisie::ligne(nom);
    let dernier = nom.rsplit(['/', '\\']).next().unwrap_or_default();
    let permis = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '(' | ')' | '’' | '\'')
    };
    let net: String = dernier
        .chars()
        .map(|c| if permis(c) { c } else { '_' })
        .take(NOM_MAX)
        .collect();
    let net = net.trim().trim_start_matches('.').trim();
    let extensions: &[&str] = match media {
        "application/pdf" => &["pdf"],
        "image/jpeg" => &["jpg", "jpeg"],
        "image/png" => &["png"],
        _ => &[],
    };
    let net = if net.is_empty() { "document" } else { net };
    let extension = net.rsplit_once('.').map(|(_, e)| e.to_lowercase());
    match (extension, extensions.first()) {
        (Some(e), _) if extensions.contains(&e.as_str()) => net.to_owned(),
        (_, Some(attendue)) => format!("{net}.{attendue}"),
        (_, None) => net.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::nettoyer;

    #[test]
    fn un_nom_de_fichier_perd_son_chemin_et_ses_pieges() {
        let pdf = |nom| nettoyer(nom, "application/pdf");
        assert_eq!(pdf("Bail été (1).pdf"), "Bail été (1).pdf");
        assert_eq!(pdf("../../etc/passwd"), "passwd.pdf");
        assert_eq!(pdf("C:\\Users\\moi\\relevé.PDF"), "relevé.PDF");
        assert_eq!(pdf("facture.exe"), "facture.exe.pdf");
        assert_eq!(pdf(".."), "document.pdf");
        assert_eq!(pdf("a\"b\r\nSet-Cookie: x.pdf"), "a_b Set-Cookie_ x.pdf");
        assert_eq!(nettoyer("photo.JPEG", "image/jpeg"), "photo.JPEG");
        assert!(pdf(&"x".repeat(500)).chars().count() <= 104);
    }
}
