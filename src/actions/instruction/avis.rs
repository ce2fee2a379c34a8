//! DER-3: the opinion of the commission on a derogation, recorded by the agent.

use serde_json::json;

use crate::actions::dossier::{objet, ouvrir};
use crate::actions::{Acte, ActionError, ActionResult, tracer};
use crate::db::demande::{self, ChangementDemande};
use crate::db::{CpamScope, WriteTx};
use crate::domain::conventionnement::AvisCpd;
use crate::domain::demande::NatureDemande;

/// Records the opinion of the commission on a derogation. It may be corrected until a decision is proposed.
///
/// # Errors
/// A refusal in words when the request is no derogation or is past instruction, [`ActionError::Perime`],
/// the refusal of the database.
pub fn noter_avis(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    avis: AvisCpd,
) -> ActionResult<()> {
    use crate::domain::demande::EtatDemande as E;
    let dossier = ouvrir(tx, scope, numero, version)?;
    if dossier.demande.nature != NatureDemande::Derogation {
        return Err(ActionError::refus(
            "La commission ne se prononce que sur une dérogation (DER-3) : cette demande n’en est pas une.",
        ));
    }
    if !matches!(
        dossier.demande.etat,
        E::Deposee | E::Incomplete | E::Complete
    ) {
        return Err(ActionError::refus(format!(
            "L’avis ne peut plus changer : la demande est à l’état « {} ».",
            dossier.demande.etat
        )));
    }
    demande::modifier(
        tx,
        dossier.demande.id,
        version,
        &ChangementDemande {
            derogation_avis_cpd: Some(avis.as_str()),
            ..ChangementDemande::default()
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        "demande.avis_cpd",
        &format!("a enregistré l’avis de la commission : {}", avis.libelle()),
        &json!({"avant": dossier.demande.derogation_avis_cpd, "apres": avis}),
    )?;
    Ok(())
}
