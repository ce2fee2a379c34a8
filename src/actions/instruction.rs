//! Instructing a request: checking its documents, asking for what is missing (PRO-3), closing it.

mod avis;
mod examen;
mod pieces;

pub use avis::noter_avis;
pub use examen::examiner_piece;

pub use pieces::{PieceAttendue, demander_pieces};

use courriers::Courrier;
use regles::demande::Evenement;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::fuseau::jour_local;
use regles::geste;

use super::dossier::{entete, objet, ouvrir, suivant, territoire};
use super::{Acte, ActionResult, courriel, echeance, tracer};
use crate::db::demande::{self, ChangementDemande};

use crate::db::{CpamScope, WriteTx};

/// Finds the file complete: the delay of implicit decision runs again if it was suspended (PRO-3), or starts where silence
/// accepts (PRO-7).
///
/// # Errors
/// [`ActionError::Perime`], a refusal in words, the refusal of the database.
pub fn completer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let etat = suivant(&dossier, Evenement::Completer)?;
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
    courriel::deposer(
        tx,
        acte,
        &format!("demande_complete:{id}:{version}"),
        &dossier.courriel,
        &lettre,
    )
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
    courriel::deposer(
        tx,
        acte,
        &format!("demande_sans_suite:{id}"),
        &dossier.courriel,
        &lettre,
    )
}
