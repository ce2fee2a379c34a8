//! DER-3, PRO-4: the opinion of the commission on a derogation, recorded by the agent.

use regles::commission::terme_de_l_avis;
use regles::conventionnement::AvisCpd;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::fuseau::jour_local;
use regles::geste;
use regles::texte;

use crate::actions::dossier::{objet, ouvrir, territoire};
use crate::actions::{Acte, ActionError, ActionResult, commission, tracer};
use crate::db::demande::{self, ChangementDemande, DemandeComplete};
use crate::db::echeance::EcheanceStockee;
use crate::db::{CpamScope, WriteTx, echeance as echeances};

/// Records the opinion of the commission on a derogation. It may be corrected until a decision is proposed.
///
/// # Errors
/// A refusal in words when the request is no derogation, is past instruction, or when the commission still has time
/// to give the opinion said to be «réputé rendu» (PRO-4); [`ActionError::Perime`],
/// the refusal of the database.
pub fn noter_avis(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    avis: AvisCpd,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    geste::noter_avis(dossier.demande.nature, dossier.demande.etat)?;
    if avis == AvisCpd::ReputeRendu {
        let attendu = echeances::en_cours(tx, dossier.demande.id, NatureEcheance::AvisCpd)?;
        controler_le_terme(acte, &dossier, attendu.as_ref())?;
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
    commission::conclure(tx, acte, &dossier, avis)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::DemandeAvisCpd {
            avant: dossier.demande.derogation_avis_cpd.clone(),
            apres: avis,
        },
    )?;
    Ok(())
}

/// PRO-4: the commission has until the last day that its referral gives; where none was recorded, it was not consulted
/// before the request was received, so its time is not over before this day.
fn controler_le_terme(
    acte: &Acte,
    dossier: &DemandeComplete,
    attendu: Option<&EcheanceStockee>,
) -> ActionResult<()> {
    let territoire = territoire(dossier)?;
    if let Some(attendu) = attendu {
        if acte.jour_a(territoire) <= attendu.finale {
            return Err(ActionError::champ(
                "avis",
                format!(
                    "La commission est saisie depuis le {} : elle rend son avis au plus tard le {} (inclus), et il n’est réputé rendu qu’ensuite.",
                    texte::date_fr(attendu.depart),
                    texte::date_longue(attendu.finale)
                ),
            ));
        }
        return Ok(());
    }
    let recue = jour_local(dossier.demande.deposee_le, territoire);
    let terme = terme_de_l_avis(&acte.reglement, recue, territoire)?;
    if acte.jour_a(territoire) <= terme.finale {
        return Err(ActionError::champ(
            "avis",
            format!(
                "La demande a été reçue le {} : la commission rend son avis au plus tard le {} (inclus), et il n’est réputé rendu qu’ensuite.",
                texte::date_fr(recue),
                texte::date_longue(terme.finale)
            ),
        ));
    }
    Ok(())
}
