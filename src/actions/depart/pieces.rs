//! PRO-3: the documents of a departure, accepted, or refused with a reason that the leaver reads.

use courriers::Courrier;
use regles::geste;

use super::objet;
use crate::actions::piece::{self, Examen};
use crate::actions::{Acte, ActionError, ActionResult, cedant};
use crate::db::depart::{self, ChangementDepart, Depart, DepartComplet};
use crate::db::dossier;
use crate::db::piece::Piece;
use crate::db::place::{self, Place};
use crate::db::{CpamScope, WriteTx};

/// Whether documents may still be sent and examined: the CPAM has not answered, or the commission has still to say
/// whether the place may be transmitted (REG-4).
pub fn pieces_ouvertes(c: &Depart, place: Option<&Place>) -> bool {
    geste::pieces_ouvertes(c.etat, place.map(|p| p.etat)).is_ok()
}

/// Accepts a document of a departure, or refuses it with a reason; the leaver is told of a refusal.
///
/// # Errors
/// A refusal without a reason, a departure that was answered, a document of another departure or one that gave way,
/// [`ActionError::Perime`], the refusal of the database.
pub fn examiner_piece(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    version: i32,
    examen: &Examen<'_>,
) -> ActionResult<()> {
    examen.motif(scope)?;
    dossier::verrouiller(tx, id)?;
    let depart = depart::complete(tx, scope, id)?;
    if depart.depart.version != version {
        return Err(ActionError::Perime);
    }
    let place = place::de_depart(tx, id)?.map(|p| p.etat);
    geste::pieces_ouvertes(depart.depart.etat, place)?;
    let (p, motif) = piece::examiner(tx, acte, scope, (id, depart.depart.traitee_le), examen)?;
    avancer(tx, &depart.depart)?;
    examen.tracer(tx, acte, objet(&depart), &p, motif)?;
    match motif {
        Some(motif) => prevenir(tx, acte, &depart, &p, motif),
        None => Ok(()),
    }
}

/// The version grows, nothing else: what a page showed of the documents is no longer what they are.
///
/// # Errors
/// [`ActionError::Perime`], the refusal of the database.
pub(in crate::actions) fn avancer(tx: &mut WriteTx<'_>, c: &Depart) -> ActionResult<()> {
    let meme = ChangementDepart {
        actes_12_mois: Some(c.actes_12_mois),
        ..ChangementDepart::default()
    };
    Ok(depart::modifier(tx, c.id, c.version, &meme)?)
}

/// Tells the leaver that a document is refused.
fn prevenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    depart: &DepartComplet,
    p: &Piece,
    motif: &str,
) -> ActionResult<()> {
    let c = &depart.depart;
    let lettre = courriers::depart::PieceRefusee {
        kine: &depart.kine.nom_complet(),
        contact: &depart.service.lignes(),
        commune: &depart.commune,
        id: c.id,
        nature: p.nature.libelle(),
        nom: piece::nom_de_lettre(p),
        motif: piece::motif_de_lettre(p, motif),
    }
    .lettre();
    cedant::ecrire(
        tx,
        acte,
        &format!("piece_refusee:{}:{}", p.id, c.version),
        depart,
        lettre,
    )
}
