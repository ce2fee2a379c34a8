//! CTR-6: what the schedule of a contract holds for a year, and by when.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::{ConclusionVersement, FaitsVersement, ValeursVersement};
use crate::conclusion::{Conclusion, inconnus};
use crate::contrat::{Regime, ResultatCalcul, TypeContrat};
use crate::dates_fr;
use crate::montant::Montant;
use crate::parametre::Parametre;
use crate::regle::{Constat, Explication, RegleError};
use crate::reglement::{Reglement, ReglementError};

/// CTR-6: the amount of the schedule for the year, nothing once the contract is over. That of a CAMMK follows its
/// regime (CTR-13).
pub(super) fn montant(
    reglement: &Reglement,
    faits: &FaitsVersement,
    contrat: TypeContrat,
    signature: NaiveDate,
    annee: i64,
    explication: &mut Explication,
) -> Result<Montant, RegleError> {
    let duree = reglement.parametre(&contrat.cle("duree"), signature)?;
    let parametre = if contrat == TypeContrat::Cammk {
        let regime = match faits.regime {
            Some(regime) => regime,
            None => Regime::du(reglement, signature)?,
        };
        explication.ajouter(reglement.citation("CTR-13", signature)?.etape(
            format!("Le contrat est du régime de l’{}", regime.libelle()),
            Constat::Rempli,
            "regime",
            json!(regime),
            "celui du contrat type sur lequel il est signé",
        ));
        let cle = contrat.cle("versement");
        reglement
            .du_regime(&cle, regime, Some(signature))?
            .ok_or(ReglementError::CleInconnue(cle))?
    } else {
        reglement.parametre(&contrat.cle(&format!("versement.{annee}")), signature)?
    };
    let en_cours = annee <= duree.entier()?;
    let base = if en_cours {
        Montant::centimes(parametre.entier()?)
    } else {
        Montant::ZERO
    };
    explication.ajouter(parametre.citation().etape(
        format!("Versement prévu pour l’année {annee} : {base}"),
        Constat::de(Some(en_cours)),
        "annee",
        json!(annee),
        format!("<= {}", duree.entier()?),
    ));
    Ok(base)
}

/// CTR-6: year k of a contract of year N is payable before 30 April of N + k.
pub(super) fn payable_avant(
    reglement: &Reglement,
    signature: NaiveDate,
    annee: i64,
    explication: &mut Explication,
) -> Result<Option<NaiveDate>, RegleError> {
    let limite = reglement.parametre("contrat.versement_avant", signature)?;
    if annee == 1 {
        explication.ajouter(limite.citation().etape(
            "La première année est payée à la signature",
            Constat::Rempli,
            "annee",
            json!(annee),
            "1",
        ));
        return Ok(None);
    }
    let jour = format!(
        "{:04}-{}",
        i64::from(signature.year()) + annee,
        limite.texte()?
    );
    let jour =
        dates_fr::lire_iso(&jour).map_err(|e| RegleError::fait("signature", e.to_string()))?;
    explication.ajouter(limite.citation().etape(
        format!("Payable avant le {}", dates_fr::longue(jour)),
        Constat::Rempli,
        "annee",
        json!(annee),
        format!("avant le {jour}"),
    ));
    Ok(Some(jour))
}

/// The schedule cannot be read: says which of its three facts are missing, unless nothing can be due whatever they are.
pub(super) fn incomplet(
    reglement: &Reglement,
    faits: &FaitsVersement,
    mut explication: Explication,
) -> Result<ConclusionVersement, RegleError> {
    if let Some(annee) = faits.annee
        && rien_de_prevu(reglement, faits, annee)?
    {
        return nul(reglement, faits, annee, explication);
    }
    let manquants = inconnus([
        ("contrat", faits.contrat.is_some()),
        ("signature", faits.signature.is_some()),
        ("annee", faits.annee.is_some()),
    ]);
    let ctr_6 = reglement.citation_si("CTR-6", None)?;
    for manquant in &manquants {
        explication.ajouter(ctr_6.clone().etape(
            "L’échéancier dépend de ce fait",
            Constat::Inconnu,
            manquant.clone(),
            json!(null),
            "connu",
        ));
    }
    Ok(super::incomplet(
        ValeursVersement::default(),
        manquants,
        explication,
    ))
}

/// Whether the schedules hold nothing for that year, whatever the contract and the signature may be.
fn rien_de_prevu(
    reglement: &Reglement,
    faits: &FaitsVersement,
    annee: i64,
) -> Result<bool, RegleError> {
    const PAYES: [TypeContrat; 3] = [TypeContrat::Caccmk, TypeContrat::Caimk, TypeContrat::Cammk];
    let possibles = faits
        .contrat
        .map_or(PAYES.to_vec(), |contrat| vec![contrat]);
    for contrat in possibles {
        let entier = |cle: &str| -> Result<Option<i64>, ReglementError> {
            let parametre = reglement.parametre_si(cle, faits.signature)?;
            parametre.map(Parametre::entier).transpose()
        };
        let finie = entier(&contrat.cle("duree"))?.is_some_and(|duree| annee > duree);
        let rien = contrat != TypeContrat::Cammk
            && entier(&contrat.cle(&format!("versement.{annee}")))? == Some(0);
        if !finie && !rien {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Nothing is due; the day is still given where the signature is known.
fn nul(
    reglement: &Reglement,
    faits: &FaitsVersement,
    annee: i64,
    mut explication: Explication,
) -> Result<ConclusionVersement, RegleError> {
    explication.ajouter(reglement.citation_si("CTR-6", faits.signature)?.etape(
        format!("Aucun versement n’est prévu pour l’année {annee}"),
        Constat::Rempli,
        "annee",
        json!(annee),
        "une année sans versement",
    ));
    let payable_avant = match faits.signature {
        Some(signature) => payable_avant(reglement, signature, annee, &mut explication)?,
        None => None,
    };
    Ok(Conclusion {
        resultat: ResultatCalcul::Calcule,
        valeurs: ValeursVersement {
            theorique: Some(Montant::ZERO),
            du: Some(Montant::ZERO),
            indu: Some(Montant::ZERO),
            payable_avant,
        },
        manquants: Vec::new(),
        explication,
    })
}
