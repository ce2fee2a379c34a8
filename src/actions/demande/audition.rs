//! PRO-13: the applicant asks to be heard by the commission.

use courriers::Courrier;
use regles::evenement::Fait;
use regles::geste;

use super::suivi::prevenir_agent;
use crate::actions::dossier::{objet, ouvrir};
use crate::actions::{Acte, ActionResult, tracer};
use crate::db::audition::{self, AuditionStockee};
use crate::db::demande::{self, ChangementDemande};
use crate::db::{CpamScope, WriteTx};

/// Who asks is heard, assisted by whom she chooses.
///
/// # Errors
/// A refusal in words, [`crate::actions::ActionError::Perime`], the refusal of the database.
pub fn demander(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    assistance: Option<&str>,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    let connue = d.audition.as_ref();
    let demandee = connue.is_some_and(|a| a.demandee_le.is_some());
    geste::demander_audition(d.nature, d.etat, d.derogation_avis_cpd, demandee)?;
    let assistance = assistance.map(str::to_owned);
    let voulue = AuditionStockee {
        demandee_le: Some(acte.jour()),
        assistance: assistance.clone(),
        ..connue.cloned().unwrap_or_default()
    };
    audition::ecrire(tx, d.id, connue, &voulue)?;
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::AuditionDemandee { assistance },
    )?;
    let lettre = courriers::demande::AuditionDemandeeAgent { numero }.lettre();
    prevenir_agent(tx, acte, d, &lettre)
}
