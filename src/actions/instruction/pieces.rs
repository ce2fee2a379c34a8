//! PRO-3: documents that are asked for.

use courriers::Courrier;
use regles::demande::Evenement;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::liste_pieces::suspend;
use regles::piece::NaturePiece;

use crate::actions::dossier::{entete, objet, ouvrir, suivant, territoire};
use crate::actions::piece::liste;
use crate::actions::{Acte, ActionError, ActionResult, courriel, echeance, tracer};
use crate::db::demande::{self, ChangementDemande};

use crate::db::piece::{self, EtatPiece, NouvellePieceDemandee};
use crate::db::{CpamScope, WriteTx};

/// A document that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceAttendue {
    /// What it must show.
    pub nature: NaturePiece,
    /// What is expected of it, in words.
    pub precision: Option<String>,
}

/// Asks for documents: their deadline opens. The delay of implicit decision is suspended from today if one of them is
/// indispensable (CRPA L114-5-1); the answer says whether it is.
///
/// # Errors
/// No document named, one that the caisse obtains by itself, [`ActionError::Perime`], a refusal in words, the refusal of
/// the database.
pub fn demander_pieces(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    attendues: &[PieceAttendue],
) -> ActionResult<bool> {
    if attendues.is_empty() {
        return Err(ActionError::champ(
            "pieces",
            "Choisissez au moins une pièce à demander.",
        ));
    }
    if let Some(tenue) = attendues.iter().find(|a| a.nature.tenue_par_la_caisse()) {
        return Err(ActionError::champ(
            "pieces",
            format!(
                "« {} » : la caisse l’obtient par elle-même, elle ne se demande pas.",
                tenue.nature.libelle()
            ),
        ));
    }
    let dossier = ouvrir(tx, scope, numero, version)?;
    let natures: Vec<NaturePiece> = attendues.iter().map(|a| a.nature).collect();
    let lignes = liste::de_la_demande(tx, &acte.reglement, &dossier.demande)?;
    let suspend = suspend(&lignes, &natures);
    let etat = suivant(&dossier, Evenement::DemanderPieces)?;
    let id = dossier.demande.id;
    demande::modifier(
        tx,
        id,
        version,
        &ChangementDemande {
            etat: Some(etat),
            // What is asked for again is not complete any more.
            complete_le: Some(None),
            assigne_a: Some(dossier.demande.assigne_a.or(acte.acteur.id)),
            ..ChangementDemande::default()
        },
    )?;
    let territoire = territoire(&dossier)?;
    let jour = acte.jour_a(territoire);
    let echeance = echeance::ouvrir(
        tx,
        acte,
        &echeance::Ouverture {
            caisse_code: &dossier.demande.caisse_code,
            territoire,
            dossier_id: id,
            nature: NatureEcheance::Pieces,
            depart: jour,
            delai: NatureEcheance::Pieces.delai(&acte.reglement, jour)?,
            suspensions: &[],
        },
    )?;
    let recues = piece::de(tx, scope, id)?;
    for attendue in attendues {
        // What comes takes the place of what was refused.
        let refusee = recues.iter().rfind(|p| {
            p.nature == attendue.nature && p.etat == EtatPiece::Refusee && p.remplacee_par.is_none()
        });
        piece::demander(
            tx,
            &NouvellePieceDemandee {
                dossier_id: id,
                nature: attendue.nature,
                precision: attendue.precision.as_deref(),
                demandee_le: acte.le(),
                limite: echeance.finale,
                piece_id: refusee.map(|p| p.id),
            },
        )?;
    }
    // What was put to the commission is complete no more.
    echeance::annuler_sans_objet(tx, acte, id, etat.vers(), "Pièces demandées")?;
    echeance::reprendre(tx, acte, id)?;
    if suspend {
        echeance::suspendre(tx, acte, id, echeance.finale)?;
    }
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::DemandePiecesDemandees {
            pieces: natures,
            limite: echeance.finale,
            precisions: attendues.iter().map(|a| a.precision.clone()).collect(),
        },
    )?;
    let a_envoyer: Vec<(&str, &str)> = attendues
        .iter()
        .map(|a| {
            (
                a.nature.libelle(),
                a.precision.as_deref().unwrap_or_default(),
            )
        })
        .collect();
    let lettre = courriers::demande::PiecesDemandees {
        dossier: entete(&dossier),
        attendues: &a_envoyer,
        finale: echeance.finale,
        suspend,
    }
    .lettre();
    courriel::au_demandeur(
        tx,
        acte,
        &format!("pieces_demandees:{id}:{version}"),
        &dossier,
        &lettre,
    )?;
    Ok(suspend)
}
