//! DER-3, PRO-4: the opinion of the commission on a derogation, recorded by the agent.

use chrono::NaiveDate;
use regles::commission::terme_de_l_avis;
use regles::conventionnement::AvisCpd;
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::fuseau::jour_local;
use regles::geste;
use regles::representation::{NonDit, dite};
use regles::texte;

use crate::actions::dossier::{lisible, motif, objet, ouvrir, territoire};
use crate::actions::{Acte, ActionError, ActionResult, commission, tracer};
use crate::db::audition::{self, AuditionStockee};
use crate::db::avis_rendu::{self, AvisEcrit};
use crate::db::demande::{self, ChangementDemande, DemandeComplete};
use crate::db::echeance::EcheanceStockee;
use crate::db::{CpamScope, WriteTx, echeance as echeances};

/// What an agent records of the commission.
#[derive(Debug, Clone)]
pub struct AvisRendu {
    /// What it said.
    pub avis: AvisCpd,
    /// The day it was given; today where it is not said.
    pub le: Option<NaiveDate>,
    /// Why, in the words of the commission; may be empty.
    pub motif: String,
    /// PRO-13: whether the person was heard; nothing where nobody wanted it.
    pub entendue: Option<bool>,
    /// Why somebody who asked was not.
    pub raison: String,
}

impl From<AvisCpd> for AvisRendu {
    /// Where nobody wanted a hearing.
    fn from(avis: AvisCpd) -> AvisRendu {
        AvisRendu {
            avis,
            le: None,
            motif: String::new(),
            entendue: None,
            raison: String::new(),
        }
    }
}

const RAISON: &str = "La personne a demandé à être entendue et ne l’a pas été : écrivez pourquoi.";

/// Records the opinion of the commission on a derogation. It may be corrected until a decision is proposed.
///
/// # Errors
/// A refusal in words when the request is no derogation, is past instruction, when the commission still has time
/// to give the opinion said to be «réputé rendu» (PRO-4), or when it does not say what became of a hearing that was
/// wanted (PRO-13); [`ActionError::Perime`], the refusal of the database.
pub fn noter_avis(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    rendu: &AvisRendu,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    geste::noter_avis(dossier.demande.nature, dossier.demande.etat)?;
    if rendu.avis == AvisCpd::ReputeRendu {
        let attendu = echeances::en_cours(tx, dossier.demande.id, NatureEcheance::AvisCpd)?;
        controler_le_terme(acte, &dossier, attendu.as_ref())?;
    }
    let ecrit = avis_ecrit(acte, &dossier, rendu)?;
    avis_rendu::ecrire(tx, dossier.demande.id, &ecrit)?;
    let tenue = audition_tenue(&dossier, rendu)?;
    if let Some(tenue) = &tenue {
        let connue = dossier.demande.audition.as_ref();
        audition::ecrire(tx, connue, tenue)?;
    }
    demande::modifier(
        tx,
        dossier.demande.id,
        version,
        &ChangementDemande {
            derogation_avis_cpd: Some(rendu.avis),
            ..ChangementDemande::default()
        },
    )?;
    commission::conclure(tx, acte, &dossier, rendu.avis)?;
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::DemandeAvisCpd {
            avant: dossier
                .demande
                .derogation_avis_cpd
                .map(|a| a.as_str().to_owned()),
            apres: rendu.avis,
            entendue: tenue.as_ref().and_then(|t| t.entendue),
            raison: tenue.and_then(|t| t.raison),
        },
    )?;
    Ok(())
}

/// The day of the opinion, and why it was given.
fn avis_ecrit(
    acte: &Acte,
    dossier: &DemandeComplete,
    rendu: &AvisRendu,
) -> ActionResult<AvisEcrit> {
    let ici = territoire(dossier)?;
    let (recue, jour) = (
        jour_local(dossier.demande.deposee_le, ici),
        acte.jour_a(ici),
    );
    let le = rendu.le.unwrap_or(jour);
    if le < recue || le > jour {
        return Err(ActionError::champ(
            "le",
            format!(
                "Indiquez un jour entre la réception de la demande, le {}, et aujourd’hui.",
                texte::date_fr(recue)
            ),
        ));
    }
    lisible("motif", &rendu.motif)?;
    Ok(AvisEcrit {
        le,
        motif: Some(rendu.motif.trim().to_owned()).filter(|m| !m.is_empty()),
    })
}

/// PRO-13: what became of the hearing; none where nobody wanted one.
fn audition_tenue(
    dossier: &DemandeComplete,
    rendu: &AvisRendu,
) -> ActionResult<Option<AuditionStockee>> {
    let connue = dossier.demande.audition.as_ref();
    let raison = rendu.raison.trim();
    dite(AuditionStockee::due(connue), rendu.entendue, raison).map_err(|manque| match manque {
        NonDit::Issue => ActionError::champ("entendue", "Dites si la personne a été entendue."),
        NonDit::Raison => ActionError::champ("raison", RAISON),
    })?;
    let Some(connue) = connue else {
        return Ok(None);
    };
    let pourquoi = match rendu.entendue {
        Some(false) if !raison.is_empty() => Some(motif("raison", raison, RAISON)?.to_owned()),
        _ => None,
    };
    Ok(Some(AuditionStockee {
        entendue: rendu.entendue,
        raison: pourquoi,
        ..connue.clone()
    }))
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
