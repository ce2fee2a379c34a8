//! CTR-9: the aid for hosting a trainee.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::conclusion::{Conclusion, inconnus};
use super::contrat::{Regime, ResultatCalcul};
use super::decimale::Decimale;
use super::montant::Montant;
use super::regle::{Constat, Explication, RegleError, date_inconnue};
use super::reglement::Reglement;

/// Facts about a placement; `None` is unknown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FaitsStage {
    /// Length in months.
    pub mois: Option<Decimale>,
    /// Share of full time, in per cent.
    pub quotite_pct: Option<Decimale>,
    /// Regime of the host; avenant 7 when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regime: Option<Regime>,
}

/// What is due for a placement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ValeursStage {
    /// The aid.
    pub du: Option<Montant>,
}

/// The aid for a placement under its regime, prorated by time and duration, rounded once.
///
/// # Errors
/// Impossible figures, or no parameter in force on `date`.
pub fn evaluer(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsStage,
) -> Result<Conclusion<ResultatCalcul, ValeursStage>, RegleError> {
    if faits.mois.is_some_and(Decimale::est_negative) {
        return Err(RegleError::fait(
            "mois",
            "une durée ne peut pas être négative",
        ));
    }
    if faits
        .quotite_pct
        .is_some_and(|q| q.est_negative() || q.comparer(100).is_gt())
    {
        return Err(RegleError::fait(
            "quotite_pct",
            "une quotité va de 0 à 100 %",
        ));
    }
    let mut explication = Explication::nouvelle();
    let regime = faits.regime.unwrap_or(Regime::Avenant7);
    let ctr_9 = reglement.du_regime("stage.mensuel", regime, date)?;
    let citation = match ctr_9 {
        Some(parametre) => parametre.citation(),
        None => {
            let citation = reglement.citation_si("CTR-9", date)?;
            explication.ajouter(date_inconnue(citation.clone()));
            citation
        }
    };
    let mensuel = ctr_9
        .map(|p| p.entier().map(Montant::centimes))
        .transpose()?;
    let attendu =
        |quoi: &str| mensuel.map_or_else(|| quoi.to_owned(), |m| format!("{quoi} × {m} par mois"));
    for (fait, valeur, quoi) in [
        ("mois", faits.mois, "durée du stage"),
        ("quotite_pct", faits.quotite_pct, "part du temps plein"),
    ] {
        explication.ajouter(citation.clone().etape(
            "Aide mensuelle au prorata de la durée et du temps plein",
            Constat::de(valeur.map(|_| true)),
            fait,
            json!(valeur.map(Decimale::en_json)),
            attendu(quoi),
        ));
    }
    let (Some(mois), Some(quotite), Some(mensuel)) = (faits.mois, faits.quotite_pct, mensuel)
    else {
        let manquants = inconnus([
            ("date", mensuel.is_some()),
            ("mois", faits.mois.is_some()),
            ("quotite_pct", faits.quotite_pct.is_some()),
        ]);
        return Ok(Conclusion {
            resultat: ResultatCalcul::Incomplet,
            valeurs: ValeursStage::default(),
            manquants,
            explication,
        });
    };
    let hors = || {
        RegleError::fait(
            "mois",
            "durée et quotité ont trop de chiffres pour un calcul exact",
        )
    };
    let numerateur = mois
        .numerateur()
        .checked_mul(quotite.numerateur())
        .ok_or_else(hors)?;
    let denominateur = mois
        .denominateur()
        .checked_mul(quotite.denominateur())
        .and_then(|d| d.checked_mul(100))
        .ok_or_else(hors)?;
    let du = mensuel
        .fraction(numerateur, denominateur)
        .map_err(|_| hors())?;
    Ok(Conclusion {
        resultat: ResultatCalcul::Calcule,
        valeurs: ValeursStage { du: Some(du) },
        manquants: Vec::new(),
        explication,
    })
}
