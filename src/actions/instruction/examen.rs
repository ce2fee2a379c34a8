//! PRO-3: documents accepted, or refused with a reason that the applicant reads.

use courriers::Courrier;
use regles::demande::{EtatDemande, Evenement};
use regles::echeance::NatureEcheance;
use regles::geste;
use regles::piece::NaturePiece;

use crate::actions::dossier::{entete, objet, ouvrir, suivant};
use crate::actions::piece::{self as pieces, Examen};
use crate::actions::{Acte, ActionResult, courriel, echeance, installation};
use crate::db::decision;
use crate::db::demande::{self, ChangementDemande, DemandeComplete};
use crate::db::piece::{self, NouvellePieceDemandee, Piece, PieceDemandee};
use crate::db::{CpamScope, WriteTx};

/// Accepts a document, or refuses it with a reason. Refused while others are awaited, it joins them, under the same
/// deadline; accepted after all, it is awaited no more. The applicant is told of a refusal.
///
/// # Errors
/// A refusal without a reason, a document of another file or one that gave way, [`ActionError::Perime`], the refusal of
/// the database.
pub fn examiner_piece(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    examen: &Examen<'_>,
) -> ActionResult<()> {
    examen.motif(scope)?;
    let dossier = ouvrir(tx, scope, numero, version)?;
    geste::examiner_pieces(dossier.demande.etat)?;
    let d = &dossier.demande;
    let decidee = decision::prise_le(tx, d.id)?;
    let (p, motif) = pieces::examiner(tx, acte, scope, (d.id, decidee), examen)?;
    let soldee = solder(tx, acte, &dossier, &p, motif)?;
    let mut attendues = piece::demandees(tx, d.id)?;
    attendues.retain(|a| a.recue_le.is_none());
    let reprise = d.etat == EtatDemande::Incomplete && soldee && attendues.is_empty();
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            // The praticien-conseil concludes, and handles nothing.
            assigne_a: Some(match scope {
                CpamScope::Sante(_) => d.assigne_a,
                _ => d.assigne_a.or(acte.acteur.id),
            }),
            etat: reprise
                .then(|| suivant(&dossier, Evenement::RecevoirPieces))
                .transpose()?,
            ..ChangementDemande::default()
        },
    )?;
    examen.tracer(tx, acte, objet(&dossier), &p, motif)?;
    if reprise {
        let fin = "Toutes les pièces demandées sont reçues";
        echeance::satisfaire(tx, acte, d.id, NatureEcheance::Pieces, fin)?;
        echeance::reprendre(tx, acte, d.id)?;
    }
    match motif {
        // The proof of an installation has its own letter, with its own delay.
        Some(motif) if p.nature == NaturePiece::PreuveInstallation => {
            installation::rouvrir(tx, acte, &dossier, motif)
        }
        Some(motif) => prevenir(tx, acte, &dossier, &p, motif, &attendues),
        None => Ok(()),
    }
}

/// Refused during a request for documents, it joins what is awaited; accepted, it is awaited no more, and the answer
/// says whether it was.
fn solder(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    p: &Piece,
    motif: Option<&str>,
) -> ActionResult<bool> {
    let d = &dossier.demande;
    let siennes: Vec<i64> = piece::demandees(tx, d.id)?
        .into_iter()
        .filter(|a| a.recue_le.is_none() && a.piece_id == Some(p.id))
        .map(|a| a.id)
        .collect();
    let Some(motif) = motif else {
        for id in &siennes {
            piece::recevoir(tx, *id, acte.le())?;
        }
        return Ok(!siennes.is_empty());
    };
    let en_cours = match d.etat {
        EtatDemande::Incomplete if siennes.is_empty() => {
            crate::db::echeance::en_cours(tx, d.id, NatureEcheance::Pieces)?
        }
        _ => None,
    };
    if let Some(e) = en_cours {
        piece::demander(
            tx,
            &NouvellePieceDemandee {
                dossier_id: d.id,
                nature: p.nature,
                precision: Some(motif),
                demandee_le: acte.le(),
                limite: e.finale,
                piece_id: Some(p.id),
            },
        )?;
    }
    Ok(false)
}

/// Tells the applicant that a document is refused, with all that is awaited and by when.
fn prevenir(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    dossier: &DemandeComplete,
    p: &Piece,
    motif: &str,
    attendues: &[PieceDemandee],
) -> ActionResult<()> {
    let d = &dossier.demande;
    let a_envoyer: Vec<(&str, &str)> = attendues
        .iter()
        .map(|a| {
            (
                a.nature.libelle(),
                a.precision.as_deref().unwrap_or_default(),
            )
        })
        .collect();
    let lettre = courriers::demande::PieceRefusee {
        dossier: entete(dossier),
        nature: p.nature.libelle(),
        nom: pieces::nom_de_lettre(p),
        motif: pieces::motif_de_lettre(p, motif),
        limite: attendues.iter().map(|a| a.limite).min(),
        attendues: &a_envoyer,
    }
    .lettre();
    courriel::au_demandeur(
        tx,
        acte,
        &format!("piece_refusee:{}:{}", p.id, d.version),
        dossier,
        &lettre,
    )
}
