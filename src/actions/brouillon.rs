//! Keeps what somebody is writing until it is sent: on the server, for any of her devices.
//!
//! A draft is nobody's act yet: it leaves no line in the timeline.

use chrono::NaiveDateTime;
use regles::piece::NaturePiece;

use super::{ActionError, ActionResult};
use crate::db::brouillon::{
    self, Brouillon, BrouillonEcrit, BrouillonPiece, Formulaire, NouvelleBrouillonPiece,
};
use crate::db::{AnyConn, CpamScope, DbError, DbResult, WriteTx, demande, depart, kine, recours};
use crate::pieces::PieceStockee;

use super::piece::PieceRecue;

/// What was typed: the names of the fields and their texts.
pub type Champs = Vec<(String, String)>;

/// Most drafts that one account keeps.
const BROUILLONS_MAX: usize = 30;
/// Drafts kept beyond those, of forms that are being sent: what is full never keeps anybody from filing.
const EN_DEPOT_MAX: usize = 10;
/// Most interrupted sendings that one account keeps: the oldest gives way.
const ENVOIS_MAX: usize = 10;
/// Most documents of one draft.
const PIECES_MAX: usize = 40;

/// A document that the store keeps, and the field that it answers.
#[derive(Debug, Clone)]
pub struct PieceDeBrouillon {
    /// The field.
    pub champ: String,
    /// Name given by the sender, cleaned.
    pub nom: String,
    /// Where the store keeps it.
    pub stockee: PieceStockee,
}

impl ABrouillon {
    /// The documents that come with the form, of the kinds that its fields are for.
    pub fn envoyees(&self, champs: &[(String, NaturePiece)]) -> Vec<PieceRecue> {
        let recue = |piece: &PieceDeBrouillon| {
            let (_, nature) = champs.iter().find(|(champ, _)| *champ == piece.champ)?;
            Some(PieceRecue {
                nature: *nature,
                nom: piece.nom.clone(),
                stockee: piece.stockee.clone(),
                sante: false,
            })
        };
        self.pieces.iter().filter_map(recue).collect()
    }
}

/// What is written of a form.
#[derive(Debug, Clone)]
pub struct ABrouillon {
    /// The form.
    pub formulaire: Formulaire,
    /// Where it is sent.
    pub chemin: String,
    /// Its key.
    pub cle: String,
    /// Its fields.
    pub champs: Champs,
    /// Its new documents.
    pub pieces: Vec<PieceDeBrouillon>,
    /// The form is being sent, not put aside.
    pub se_depose: bool,
}

/// What is kept of a form.
#[derive(Debug, Clone, Default)]
pub struct Garde {
    /// The draft; none when there is nothing to keep.
    pub id: Option<i64>,
    /// Its documents, those of before included.
    pub pieces: Vec<BrouillonPiece>,
    /// The form was sent already: there is nothing left to keep.
    pub envoye: bool,
}

impl Garde {
    /// The documents of a field, ready to be attached.
    ///
    /// # Errors
    /// A stored type that no code of ours writes.
    pub fn recues(&self, champ: &str, nature: NaturePiece) -> ActionResult<Vec<PieceRecue>> {
        recues(&self.pieces, champ, nature)
    }
}

fn recues(
    tenues: &[BrouillonPiece],
    champ: &str,
    nature: NaturePiece,
) -> ActionResult<Vec<PieceRecue>> {
    tenues
        .iter()
        .filter(|p| p.champ == champ)
        .map(|p| {
            Ok(PieceRecue {
                nature,
                nom: p.nom.clone(),
                stockee: PieceStockee {
                    cle: p.cle.clone(),
                    empreinte: p.empreinte.clone(),
                    media: media(&p.media)?,
                    taille: p.taille,
                },
                sante: false,
            })
        })
        .collect()
}

/// The documents of a form that is sent, field by field: those that its draft holds, then those that come with it,
/// each once.
///
/// # Errors
/// Too many of them, in a sentence; a stored type that no code of ours writes.
pub(super) fn reunir(
    tenues: &[BrouillonPiece],
    envoyees: &[PieceRecue],
    champs: &[(String, NaturePiece)],
) -> ActionResult<Vec<PieceRecue>> {
    let mut toutes = Vec::new();
    for (champ, nature) in champs {
        let mut du_champ = recues(tenues, champ, *nature)?;
        for envoyee in envoyees.iter().filter(|e| e.nature == *nature) {
            let meme = |tenue: &PieceRecue| {
                tenue.nom == envoyee.nom && tenue.stockee.empreinte == envoyee.stockee.empreinte
            };
            if !du_champ.iter().any(meme) {
                du_champ.push(envoyee.clone());
            }
        }
        toutes.extend(du_champ);
    }
    pas_trop(toutes.len())?;
    Ok(toutes)
}

fn pas_trop(documents: usize) -> ActionResult<()> {
    if documents > PIECES_MAX {
        return Err(ActionError::refus(format!(
            "Un envoi porte {PIECES_MAX} documents au plus : retirez-en, ou réunissez plusieurs pages en un seul fichier."
        )));
    }
    Ok(())
}

fn media(stocke: &str) -> ActionResult<&'static str> {
    ["application/pdf", "image/jpeg", "image/png"]
        .into_iter()
        .find(|m| *m == stocke)
        .ok_or_else(|| DbError::Incoherent(format!("type {stocke}")).into())
}

/// Keeps what is written of a form, over what was kept of it. Nothing is kept of an empty form, nor of one
/// that was sent.
///
/// # Errors
/// Too many drafts or documents, in a sentence; the refusal of the database.
pub fn garder(
    tx: &mut WriteTx<'_>,
    compte_id: i64,
    le: NaiveDateTime,
    a: &ABrouillon,
) -> ActionResult<Garde> {
    if deja_envoye(tx, compte_id, a)? {
        brouillon::supprimer_cle(tx, compte_id, &a.cle)?;
        return Ok(Garde {
            envoye: true,
            ..Garde::default()
        });
    }
    let ancien = brouillon::par_cle(tx, compte_id, &a.cle)?;
    let vide = a.champs.iter().all(|(_, valeur)| valeur.is_empty()) && a.pieces.is_empty();
    if ancien.is_none() {
        if vide {
            return Ok(Garde::default());
        }
        faire_place(tx, compte_id, a)?;
    }
    let champs = serde_json::to_string(&a.champs).map_err(|e| ActionError::Regle(e.to_string()))?;
    let id = brouillon::ecrire(
        tx,
        &BrouillonEcrit {
            compte_id,
            formulaire: a.formulaire,
            chemin: &a.chemin,
            cle: &a.cle,
            champs: &champs,
            cree_le: le,
            modifie_le: le,
        },
    )?;
    for piece in &a.pieces {
        brouillon::ajouter_piece(
            tx,
            &NouvelleBrouillonPiece {
                brouillon_id: id,
                champ: &piece.champ,
                nom: &piece.nom,
                media: piece.stockee.media,
                taille: piece.stockee.taille,
                empreinte: &piece.stockee.empreinte,
                cle: &piece.stockee.cle,
                deposee_le: le,
            },
        )?;
    }
    let pieces = brouillon::pieces(tx, id)?;
    pas_trop(pieces.len())?;
    Ok(Garde {
        id: Some(id),
        pieces,
        envoye: false,
    })
}

fn deja_envoye(conn: &mut AnyConn, compte_id: i64, a: &ABrouillon) -> ActionResult<bool> {
    if a.formulaire == Formulaire::Papier {
        // The key is nobody else's: whose file it opened does not matter.
        return Ok(demande::par_cle(conn, &CpamScope::National, &a.cle)?.is_some());
    }
    let Some(kine) = kine::par_compte(conn, compte_id)? else {
        return Ok(false);
    };
    Ok(match a.formulaire {
        Formulaire::Depart => depart::par_cle(conn, kine.id, &a.cle)?.is_some(),
        Formulaire::Demande => demande::par_cle(conn, &CpamScope::Kine(kine.id), &a.cle)?.is_some(),
        Formulaire::Recours => recours::par_cle(conn, kine.id, &a.cle)?.is_some(),
        // Sent again, an application is corrected.
        Formulaire::Candidature | Formulaire::Papier | Formulaire::Envoi => false,
    })
}

fn faire_place(tx: &mut WriteTx<'_>, compte_id: i64, a: &ABrouillon) -> ActionResult<()> {
    let (envois, autres): (Vec<Brouillon>, Vec<Brouillon>) = brouillon::de_compte(tx, compte_id)?
        .into_iter()
        .partition(|b| b.formulaire == Formulaire::Envoi);
    if a.formulaire == Formulaire::Envoi {
        for trop in envois.iter().skip(ENVOIS_MAX - 1) {
            brouillon::supprimer(tx, compte_id, trop.id)?;
        }
        return Ok(());
    }
    let max = BROUILLONS_MAX + if a.se_depose { EN_DEPOT_MAX } else { 0 };
    if autres.len() >= max {
        return Err(ActionError::refus(format!(
            "Vous avez déjà {BROUILLONS_MAX} brouillons : supprimez dans votre espace ceux qui ne servent plus, puis enregistrez de nouveau."
        )));
    }
    Ok(())
}

/// Reads a draft of an account, with its fields and its documents.
///
/// # Errors
/// [`DbError::Introuvable`] when it is somebody else's, [`DbError::Incoherent`] when it does not read.
pub fn lire(conn: &mut AnyConn, compte_id: i64, id: i64) -> DbResult<(Brouillon, Champs, Garde)> {
    let lu = brouillon::lire(conn, compte_id, id)?;
    let champs = serde_json::from_str(&lu.champs)
        .map_err(|e| DbError::Incoherent(format!("brouillon {id} : {e}")))?;
    let pieces = brouillon::pieces(conn, id)?;
    Ok((
        lu,
        champs,
        Garde {
            id: Some(id),
            pieces,
            envoye: false,
        },
    ))
}

/// Removes a draft and returns the keys of its documents, to be removed from the store after the transaction.
///
/// # Errors
/// [`DbError::Introuvable`] when it is somebody else's; the refusal of the database.
pub fn supprimer(tx: &mut WriteTx<'_>, compte_id: i64, id: i64) -> ActionResult<Vec<String>> {
    brouillon::lire(tx, compte_id, id)?;
    let cles = brouillon::pieces(tx, id)?.into_iter().map(|p| p.cle);
    let cles = cles.collect();
    brouillon::supprimer(tx, compte_id, id)?;
    Ok(cles)
}

/// Takes a document out of a draft and returns its key in the store, and the draft.
///
/// # Errors
/// [`DbError::Introuvable`] when it is somebody else's; the refusal of the database.
pub fn retirer_piece(tx: &mut WriteTx<'_>, compte_id: i64, id: i64) -> ActionResult<(String, i64)> {
    let piece = brouillon::piece(tx, compte_id, id)?;
    brouillon::retirer_piece(tx, id)?;
    Ok((piece.cle, piece.brouillon_id))
}
