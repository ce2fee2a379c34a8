//! PRO-3: the list of the documents of a file, by the reference data of the day it was opened, and what it lacks.

use chrono::NaiveDate;
use regles::demande::NatureDemande;
use regles::derogation::Motif;
use regles::liste_pieces::{
    Attendue, Ligne, Manques, Recue, d_un_depart, d_une_demande, non_recues,
};
use regles::piece::NaturePiece;
use regles::pieces_requises::{Cas, Demarche, PieceRequise, requises};
use regles::reglement::Reglement;

use crate::actions::ActionResult;
use crate::actions::motif as motifs;
use crate::clock::jour_a_paris;
use crate::db::demande::{Conditions, Demande};
use crate::db::depart::Depart;
use crate::db::piece::{self, Piece, PieceDemandee, PieceEnBref};
use crate::db::{AnyConn, CpamScope};

/// The lines of a request, by the reference data of the day it was filed.
///
/// # Errors
/// The reference data do not read, which a test keeps from happening.
pub fn lignes(
    reglement: &Reglement,
    d: &Demande,
    motif: Option<&Motif>,
    pieces: &[Piece],
    demandees: &[PieceDemandee],
) -> ActionResult<Vec<Ligne>> {
    let mut requis = appelees(reglement, d, motif)?;
    if let Some(notifiee) = d.notifiee_le.filter(|_| d.etat.consomme()) {
        let installation = Cas::de(Demarche::Installation);
        requis.extend(requises(reglement, notifiee, &installation)?);
    }
    let attendues: Vec<Attendue> = demandees
        .iter()
        .filter(|p| p.recue_le.is_none())
        .map(|p| Attendue {
            id: p.id,
            nature: p.nature,
            precision: p.precision.clone(),
            limite: p.limite,
        })
        .collect();
    Ok(d_une_demande(d.etat, requis, &attendues, &recues(pieces)))
}

/// The lines of a request, with all that they rest on.
///
/// # Errors
/// The refusal of the database.
pub fn de_la_demande(
    conn: &mut AnyConn,
    reglement: &Reglement,
    d: &Demande,
) -> ActionResult<Vec<Ligne>> {
    let motif = match &d.derogation_motif {
        Some(code) => motifs::par_code(conn, code)?,
        None => None,
    };
    // Where each stands is no secret: nothing here reads what is in it.
    let pieces = piece::de(conn, &CpamScope::Caisse(d.caisse_code.clone()), d.id)?;
    let demandees = piece::demandees(conn, d.id)?;
    lignes(reglement, d, motif.as_ref(), &pieces, &demandees)
}

/// What the list of a request lacks.
///
/// # Errors
/// As [`de_la_demande`].
pub fn manques(conn: &mut AnyConn, reglement: &Reglement, d: &Demande) -> ActionResult<Manques> {
    Ok(Manques::de(&de_la_demande(conn, reglement, d)?))
}

/// What the case of a request calls for, by the reference data of the day it was filed.
fn appelees(
    reglement: &Reglement,
    d: &Demande,
    motif: Option<&Motif>,
) -> ActionResult<Vec<PieceRequise>> {
    let cas = Cas {
        rpps_confirme: d.rpps_confirme(),
        ..cas(d.nature, motif, &d.conditions)
    };
    Ok(requises(reglement, jour_a_paris(d.deposee_le), &cas)?)
}

/// The case of a request, as the rules on its documents know it.
pub fn cas<'a>(nature: NatureDemande, motif: Option<&'a Motif>, c: &Conditions) -> Cas<'a> {
    Cas {
        demarche: nature.into(),
        motif,
        entree_formation: c.entree_formation.map(i64::from),
        heures: [c.heures_etablissement, c.heures_clinicat].map(|h| h.map(i64::from)),
        engagement_zone: c.engagement_zone,
        // Known of a request, once the caisse has checked whose it is.
        rpps_confirme: false,
    }
}

/// What a request calls for and that is not among these documents.
///
/// # Errors
/// The reference data do not read, which a test keeps from happening.
pub fn manquantes(
    reglement: &Reglement,
    d: &Demande,
    recues: &[PieceEnBref],
) -> ActionResult<Vec<NaturePiece>> {
    // The ground of a derogation says which documents do, not whether there must be one.
    let appelees = appelees(reglement, d, None)?;
    Ok(non_recues(appelees, &natures(recues, d.id)))
}

/// What a request calls for on the day it is filed, and that is not among these documents.
///
/// # Errors
/// The reference data do not read, which a test keeps from happening.
pub fn manquantes_au_depot(
    reglement: &Reglement,
    jour: NaiveDate,
    nature: NatureDemande,
    conditions: &Conditions,
    recues: &[NaturePiece],
) -> ActionResult<Vec<NaturePiece>> {
    let appelees = requises(reglement, jour, &cas(nature, None, conditions))?;
    Ok(non_recues(appelees, recues))
}

/// What a departure calls for and that is not among these documents.
///
/// # Errors
/// The reference data do not read, which a test keeps from happening.
pub fn manquantes_du_depart(
    reglement: &Reglement,
    c: &Depart,
    recues: &[PieceEnBref],
) -> ActionResult<Vec<NaturePiece>> {
    let appelees = requises(reglement, jour_a_paris(c.declaree_le), &cas_du_depart(c))?;
    Ok(non_recues(appelees, &natures(recues, c.id)))
}

/// The case of a departure, as the rules on its documents know it: after a death that the caisse was told of, the proof is
/// that of who designates (REG-7).
fn cas_du_depart(c: &Depart) -> Cas<'static> {
    Cas::de(match c.deces {
        true => Demarche::AyantsDroit,
        false => Demarche::Cessation,
    })
}

/// The kinds of the documents of a case.
fn natures(recues: &[PieceEnBref], dossier_id: i64) -> Vec<NaturePiece> {
    let siennes = recues.iter().filter(|p| p.dossier_id == dossier_id);
    siennes.map(|p| p.nature).collect()
}

/// The lines of a departure, by the reference data of the day it was declared; REG-7: with the proof of who designates in
/// the leaver's place, once there is one. Once it was answered, `ouvert` is false and nothing is to be provided any more.
///
/// # Errors
/// The reference data do not read, which a test keeps from happening.
pub fn lignes_du_depart(
    reglement: &Reglement,
    c: &Depart,
    pieces: &[Piece],
    ouvert: bool,
) -> ActionResult<Vec<Ligne>> {
    let jour = jour_a_paris(c.declaree_le);
    let mut appelees = requises(reglement, jour, &cas_du_depart(c))?;
    let habilite = |p: &Piece| p.nature == NaturePiece::QualiteAyantDroit;
    if !c.deces && pieces.iter().any(habilite) {
        appelees.extend(requises(reglement, jour, &Cas::de(Demarche::AyantsDroit))?);
    }
    Ok(d_un_depart(ouvert, appelees, &recues(pieces)))
}

fn recues(pieces: &[Piece]) -> Vec<Recue<'_>> {
    let recue = |p| {
        let p: &Piece = p;
        Recue {
            id: p.id,
            nature: p.nature,
            etat: p.etat,
            motif: p.motif.as_deref(),
            remplacee: p.remplacee_par.is_some(),
            sante: p.sante,
        }
    };
    pieces.iter().map(recue).collect()
}
