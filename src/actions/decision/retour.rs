//! The proposal comes back: who signs sends it, or who proposed takes it back before it is signed.

use courriers::Courrier;
use regles::decision::Evenement;
use regles::evenement::Fait;
use regles::geste;
use regles::preference::Sujet;

use crate::actions::dossier::{objet, obligatoire, ouvrir};
use crate::actions::{Acte, ActionError, ActionResult, nouveaute, tracer};
use crate::db::decision::{self, Decision};
use crate::db::demande::{self, ChangementDemande};
use crate::db::{CpamScope, WriteTx, compte};

/// The signatory sends the proposal back to who instructs, with a reason.
///
/// # Errors
/// No reason, [`ActionError::Perime`], a refusal in words, the refusal of the database.
pub fn renvoyer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    motif: &str,
) -> ActionResult<()> {
    let motif = obligatoire(
        "motif",
        motif,
        "Écrivez ce qui est à revoir : la personne qui instruit le lira.",
    )?;
    let dossier = ouvrir(tx, scope, numero, version)?;
    let complete = dossier.demande.complete_le.is_some();
    let etat = geste::renvoyer(dossier.demande.etat, complete)?;
    let proposee = proposee(decision::active(tx, dossier.demande.id)?)?;
    let renvoi = regles::decision::transition(proposee.etat, Evenement::Renvoyer)?;
    demande::modifier(
        tx,
        dossier.demande.id,
        version,
        &ChangementDemande {
            etat: Some(etat),
            renvoi: Some(Some((&acte.acteur.nom, motif))),
            ..ChangementDemande::default()
        },
    )?;
    decision::renvoyer(tx, proposee.id, renvoi)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::DecisionRenvoyee {
            decision: proposee.id,
            motif: motif.to_owned(),
        },
    )?;
    let Some(auteur) = compte::par_id(tx, proposee.proposee_par)?.filter(|a| a.actif) else {
        return Ok(());
    };
    let lettre = courriers::suivi::PropositionRenvoyee {
        agent: &auteur.nom_complet(),
        par: &acte.acteur.nom,
        numero,
        motif,
    }
    .lettre();
    let cle = format!("renvoi:{}", proposee.id);
    let a = (dossier.service.code.as_str(), auteur.id, Sujet::Renvois);
    nouveaute::prevenir(tx, acte, a, &cle, &lettre)
}

/// Who proposed takes the proposal back: the form of the next one holds it.
///
/// # Errors
/// Somebody else proposed it, it is signed, [`ActionError::Perime`], the refusal of the database.
pub fn reprendre(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let active = decision::active(tx, d.id)?;
    let sienne = |a: &Decision| Some(a.proposee_par) == acte.acteur.id;
    let etat = geste::reprendre(
        d.etat,
        d.complete_le.is_some(),
        active.as_ref().is_some_and(sienne),
    )?;
    let proposee = proposee(active)?;
    let reprise = regles::decision::transition(proposee.etat, Evenement::Reprendre)?;
    demande::modifier(
        tx,
        d.id,
        version,
        &ChangementDemande {
            etat: Some(etat),
            ..ChangementDemande::default()
        },
    )?;
    decision::renvoyer(tx, proposee.id, reprise)?;
    let decision = proposee.id;
    Ok(tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::DecisionReprise { decision },
    )?)
}

fn proposee(active: Option<Decision>) -> ActionResult<Decision> {
    active.ok_or_else(|| ActionError::refus("Aucune décision n’est proposée sur cette demande."))
}
