//! Instructing a request: checking its documents, asking for what is missing (PRO-3), closing it.

mod audition;
mod avis;
mod complet;
mod examen;
mod pieces;

pub use audition::{Convocation, convoquer};
pub use avis::{AvisRendu, noter_avis};
pub use complet::annuler_complet;
pub use examen::examiner_piece;

pub use pieces::{PieceAttendue, demander_pieces};

use courriers::Courrier;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::fuseau::jour_local;
use regles::geste;
use regles::liste_pieces::Manques;

use super::dossier::{entete, objet, obligatoire, ouvrir, territoire};
use super::piece::liste;
use super::{Acte, ActionResult, commission, courriel, echeance, tracer};
use crate::db::demande::{self, ChangementDemande};

use crate::db::{CpamScope, WriteTx};

/// The field that says why one goes on without a useful document.
pub const SANS: &str = "sans";

/// Finds the file complete: the delay of implicit decision runs again if it was suspended (PRO-3), or starts where silence
/// accepts (PRO-7). `sans`: why the agent goes on without a useful document that is missing or refused.
///
/// # Errors
/// An indispensable document is missing, a useful one is and nothing says why, [`ActionError::Perime`], a refusal in words,
/// the refusal of the database.
pub fn completer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    sans: &str,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let manques = liste::manques(tx, &acte.reglement, &dossier.demande)?;
    let etat = geste::completer(dossier.demande.etat, &manques)?;
    let passees = utiles_passees(&manques, sans)?;
    let id = dossier.demande.id;
    demande::modifier(
        tx,
        id,
        version,
        &ChangementDemande {
            etat: Some(etat),
            complete_le: Some(Some(acte.jour())),
            assigne_a: Some(dossier.demande.assigne_a.or(acte.acteur.id)),
            ..ChangementDemande::default()
        },
    )?;
    echeance::satisfaire(tx, acte, id, NatureEcheance::Pieces, "Dossier complet")?;
    let recue = jour_local(dossier.demande.deposee_le, territoire(&dossier)?);
    echeance::completer(tx, acte, id, recue)?;
    commission::ouvrir_la_saisine(tx, acte, &dossier)?;
    if let Some(passees) = passees {
        tracer(tx, &acte.acteur, objet(&dossier), passees)?;
    }
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::DemandeComplete { etat: etat.vers() },
    )?;
    let lettre = courriers::demande::DemandeComplete {
        dossier: entete(&dossier),
        le: acte.jour(),
    }
    .lettre();
    courriel::au_demandeur(
        tx,
        acte,
        &format!("demande_complete:{id}:{version}"),
        &dossier,
        &lettre,
    )
}

/// PRO-3: what the timeline keeps of the useful documents that somebody goes on without, and why; none when nothing lacks.
///
/// # Errors
/// Nothing says why.
pub(in crate::actions) fn utiles_passees(
    manques: &Manques,
    sans: &str,
) -> ActionResult<Option<Fait>> {
    if manques.utiles.is_empty() {
        return Ok(None);
    }
    let raison = obligatoire(
        SANS,
        sans,
        "Il manque une pièce utile : écrivez pourquoi vous poursuivez sans elle.",
    )?;
    Ok(Some(Fait::PiecesUtilesPassees {
        pieces: manques.utiles.clone(),
        raison: Some(raison.to_owned()),
    }))
}

/// Closes a request whose documents did not come in time, after the notices (PRO-3).
///
/// # Errors
/// A refusal while the time given still runs, [`ActionError::Perime`], the refusal of the database.
pub fn classer_sans_suite(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let id = dossier.demande.id;
    let fin = crate::db::echeance::en_cours(tx, id, NatureEcheance::Pieces)?.map(|e| e.finale);
    let (etat, limite) = geste::classer(
        dossier.demande.etat,
        fin,
        acte.jour_a(territoire(&dossier)?),
    )?;
    demande::modifier(
        tx,
        id,
        version,
        &ChangementDemande {
            etat: Some(etat),
            ..ChangementDemande::default()
        },
    )?;
    echeance::annuler_sans_objet(tx, acte, id, etat.vers(), "Classement sans suite")?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::DemandeSansSuite { limite },
    )?;
    let lettre = courriers::demande::DemandeSansSuite {
        dossier: entete(&dossier),
        limite,
    }
    .lettre();
    courriel::au_demandeur(
        tx,
        acte,
        &format!("demande_sans_suite:{id}"),
        &dossier,
        &lettre,
    )
}
