//! PRO-14: the compartment of health: what an agent moves into it, what the praticien-conseil reads of it.

use regles::evenement::Fait;
use regles::piece::NaturePiece;

use crate::actions::dossier::motif;
use crate::actions::{Acte, ActionError, ActionResult, Objet, tracer};
use crate::db::message::{self, Cote};
use crate::db::piece::{self, EtatPiece, NouvellePiece, Piece};
use crate::db::{CpamScope, DbError, WriteTx, dossier};

/// Said to who puts a document apart without saying why.
const SANS_RAISON: &str =
    "Écrivez pourquoi cette pièce est mise à part, sans en dire le contenu médical.";

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
    let raison = motif("raison", raison, SANS_RAISON)?;
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

/// Puts apart a document that came within a message of the person: it leaves the thread, and becomes a document of the case
/// that the sender and the praticien-conseil alone read.
///
/// # Errors
/// No reason, a document of the caisse's own message, one that is out of scope or already apart, the refusal of the database.
pub fn mettre_a_part_d_un_message(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    raison: &str,
) -> ActionResult<()> {
    let raison = motif("raison", raison, SANS_RAISON)?;
    let jointe = message::jointe(tx, scope, id)?;
    if jointe.cote != Cote::Kine {
        return Err(ActionError::refus(
            "Cette pièce vient de la caisse : seules celles que la personne envoie se mettent à part.",
        ));
    }
    let d = dossier::par_id(tx, jointe.dossier_id)?;
    let p = &jointe.piece;
    message::retirer(tx, p)?;
    let nature = NaturePiece::Autre;
    let piece = piece::inserer(
        tx,
        &NouvellePiece {
            dossier_id: d.id,
            candidature_id: None,
            nature,
            sante: true,
            nom: &p.nom,
            media: &p.media,
            taille: p.taille,
            empreinte: &p.empreinte,
            cle: &p.cle,
            etat: EtatPiece::DEBUT,
            deposee_par: jointe.auteur_id,
            deposee_le: jointe.envoye_le,
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        Objet::dossier(&d.caisse_code, d.id),
        Fait::PieceMiseAPart {
            piece,
            document: nature,
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
