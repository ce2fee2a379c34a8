//! PRO-3: documents accepted or refused, and those that are asked for.

use serde_json::json;

use crate::actions::dossier::{
    chemin_demandeur, lettre, objet, obligatoire, ouvrir, suivant, territoire,
};
use crate::actions::{Acte, ActionError, ActionResult, courriel, echeance, installation, tracer};
use crate::db::demande::{self, ChangementDemande};
use crate::db::echeance::{NatureEcheance, Porteur};
use crate::db::piece::{self, EtatPiece, NouvellePieceDemandee};
use crate::db::{CpamScope, WriteTx};
use crate::domain::demande::Evenement;
use crate::domain::piece::NaturePiece;
use crate::texte;

/// A document that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceAttendue {
    /// What it must show.
    pub nature: NaturePiece,
    /// What is expected of it, in words.
    pub precision: Option<String>,
}

/// Asks for documents: their deadline opens, and the delay of implicit decision is suspended from today.
///
/// # Errors
/// No document named, [`ActionError::Perime`], a refusal in words, the refusal of the database.
pub fn demander_pieces(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    attendues: &[PieceAttendue],
) -> ActionResult<()> {
    if attendues.is_empty() {
        return Err(ActionError::champ(
            "pieces",
            "Choisissez au moins une pièce à demander.",
        ));
    }
    let dossier = ouvrir(tx, scope, numero, version)?;
    let etat = suivant(&dossier, Evenement::DemanderPieces)?;
    let id = dossier.demande.id;
    demande::modifier(
        tx,
        id,
        version,
        &ChangementDemande {
            etat: Some(etat),
            assigne_a: Some(dossier.demande.assigne_a.or(acte.acteur.id)),
            ..ChangementDemande::default()
        },
    )?;
    let echeance = echeance::ouvrir(
        tx,
        acte,
        &echeance::Ouverture {
            organisme_code: &dossier.demande.organisme_code,
            territoire: territoire(&dossier)?,
            porteur: Porteur::Demande(id),
            nature: NatureEcheance::Pieces,
            regle: "PRO-3",
            depart: acte.jour(),
            delai: acte.reglement.delai("pieces.delai", acte.jour())?,
            suspensions: &[],
        },
    )?;
    for attendue in attendues {
        piece::demander(
            tx,
            &NouvellePieceDemandee {
                demande_id: id,
                nature: attendue.nature,
                precision: attendue.precision.as_deref(),
                demandee_le: acte.le(),
                limite: echeance.finale,
                piece_id: None,
            },
        )?;
    }
    echeance::reprendre(tx, acte, id)?;
    echeance::suspendre(tx, acte, id, echeance.finale)?;
    let nombre = i64::try_from(attendues.len()).unwrap_or(i64::MAX);
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        "demande.pieces_demandees",
        &format!(
            "a demandé {}, à fournir avant le {}",
            texte::en_lettres(nombre, "pièce", "pièces"),
            texte::date_fr(echeance.finale)
        ),
        &json!({
            "pieces": attendues.iter().map(|a| json!({"nature": a.nature, "precision": a.precision})).collect::<Vec<_>>(),
            "limite": echeance.finale,
        }),
    )?;
    let mut lettre = lettre(
        &dossier,
        "pieces_demandees",
        "Des pièces manquent à votre dossier",
    )
    .paragraphe("Nous avons commencé à étudier votre demande. Il y manque :");
    for attendue in attendues {
        let precision = attendue.precision.clone().unwrap_or_default();
        lettre = lettre.point(attendue.nature.libelle(), precision);
    }
    let lettre = lettre
        .paragraphe(format!(
            "Déposez ces pièces dans votre espace avant le {} inclus. Le délai de réponse est suspendu jusque-là.",
            texte::date_longue(echeance.finale)
        ))
        .paragraphe("Passé cette date, votre demande pourra être classée sans suite (code des relations entre le public et l’administration, article L114-5).")
        .action("Déposer les pièces", chemin_demandeur(&dossier));
    courriel::deposer(
        tx,
        acte,
        &format!("pieces_demandees:{id}:{version}"),
        &dossier.courriel,
        &lettre,
    )
}

/// What an agent says of a document.
#[derive(Debug, Clone, Copy)]
pub struct Examen<'a> {
    /// The document.
    pub piece_id: i64,
    /// Accepted or refused.
    pub etat: EtatPiece,
    /// Why it is refused.
    pub motif: &'a str,
}

/// Accepts a document, or refuses it with a reason.
///
/// # Errors
/// A refusal without a reason, a document of another file, [`ActionError::Perime`], the refusal of the database.
pub fn examiner_piece(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    examen: &Examen<'_>,
) -> ActionResult<()> {
    let (piece_id, etat) = (examen.piece_id, examen.etat);
    let motif = match etat {
        EtatPiece::Refusee => Some(obligatoire(
            "motif",
            examen.motif,
            "Écrivez pourquoi la pièce est refusée : la personne le lira.",
        )?),
        _ => None,
    };
    let dossier = ouvrir(tx, scope, numero, version)?;
    if !dossier.demande.etat.en_cours() {
        return Err(ActionError::refus(
            "Cette demande est close : ses pièces ne changent plus.",
        ));
    }
    let piece = piece::lire(tx, scope, piece_id)?;
    piece::examiner(tx, dossier.demande.id, piece_id, etat, motif)?;
    demande::modifier(
        tx,
        dossier.demande.id,
        version,
        &ChangementDemande {
            assigne_a: Some(dossier.demande.assigne_a.or(acte.acteur.id)),
            etat: Some(dossier.demande.etat),
            ..ChangementDemande::default()
        },
    )?;
    let verbe = if etat == EtatPiece::Refusee {
        "refusé"
    } else {
        "accepté"
    };
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        "piece.examinee",
        &format!("a {verbe} la pièce « {} »", piece.nature.libelle()),
        &json!({"piece": piece_id, "nom": piece.nom, "avant": piece.etat, "apres": etat, "motif": motif}),
    )?;
    if etat == EtatPiece::Refusee && piece.nature == NaturePiece::PreuveInstallation {
        installation::rouvrir(tx, acte, &dossier, motif.unwrap_or_default())?;
    }
    Ok(())
}
