//! ALT: the alternative conditions to conventionnement (art. 4.1.1).

use chrono::NaiveDate;
use serde_json::json;

use super::conclusion::{et, ou};
use super::conventionnement::FaitsConventionnement;
use super::regle::{Constat, Explication, RegleError, date_inconnue};
use super::reglement::Reglement;
use super::zonage::Categorie;

/// Whether the alternative conditions are met, and what is missing to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Met, not met, or unknown.
    pub remplie: Option<bool>,
    /// Unknown facts that could still change the answer.
    pub manquants: Vec<String>,
}

impl Alternative {
    fn sue(remplie: bool) -> Self {
        Alternative {
            remplie: Some(remplie),
            manquants: Vec::new(),
        }
    }

    fn inconnue(manquants: Vec<String>) -> Self {
        Alternative {
            remplie: None,
            manquants,
        }
    }
}

/// ALT-1 to ALT-3: hours in establishment and clinicat, or the commitment in an under-served zone.
/// Adds its steps to `explication`.
///
/// # Errors
/// Negative hours, or no parameter in force on `date`.
pub fn evaluer(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsConventionnement,
    explication: &mut Explication,
) -> Result<Alternative, RegleError> {
    for (champ, heures) in [
        ("heures_etablissement", faits.heures_etablissement),
        ("heures_clinicat", faits.heures_clinicat),
    ] {
        if heures.is_some_and(|h| h < 0) {
            return Err(RegleError::fait(
                champ,
                "un nombre d’heures ne peut pas être négatif",
            ));
        }
    }
    let (Some(depuis), Some(requis)) = (
        reglement.parametre_si("alt.entree_en_formation_depuis", date)?,
        reglement.parametre_si("alt.heures", date)?,
    ) else {
        explication.ajouter(date_inconnue(reglement.citation_si("ALT-3", date)?));
        return Ok(Alternative::inconnue(vec!["date".into()]));
    };

    // ALT-3: who is subject to the conditions.
    let premiere = depuis.entier()?;
    let exempte = faits
        .entree_formation
        .map(|annee| i64::from(annee) < premiere);
    explication.ajouter(depuis.citation().etape(
        "Entrée en formation antérieure aux conditions alternatives",
        Constat::de(exempte),
        "entree_formation",
        json!(faits.entree_formation),
        format!("< {premiere}"),
    ));
    match exempte {
        None => return Ok(Alternative::inconnue(vec!["entree_formation".into()])),
        Some(true) => return Ok(Alternative::sue(true)),
        Some(false) => {}
    }

    // ALT-1 (a), ALT-2: hours known so far may already be enough.
    let heures_requises = requis.entier()?;
    let (etablissement, clinicat) = (faits.heures_etablissement, faits.heures_clinicat);
    let connues = etablissement
        .unwrap_or(0)
        .saturating_add(clinicat.unwrap_or(0));
    let toutes = etablissement.is_some() && clinicat.is_some();
    let experience = if connues >= heures_requises {
        Some(true)
    } else {
        toutes.then_some(false)
    };
    explication.ajouter(requis.citation().etape(
        "Heures d’exercice en établissement et de clinicat",
        Constat::de(experience),
        "heures_etablissement + heures_clinicat",
        if toutes || experience == Some(true) {
            json!(connues)
        } else {
            json!(null)
        },
        format!(">= {heures_requises}"),
    ));
    if experience == Some(true) {
        return Ok(Alternative::sue(true));
    }

    // ALT-1 (b): the commitment counts only in an under-served zone.
    let zone = faits.categorie.map(Categorie::est_sous_dotee);
    let engagement = et(faits.engagement_zone, zone);
    explication.ajouter(reglement.citation_si("ALT-1", date)?.etape(
        "Engagement d’exercer en zone très sous-dotée ou sous-dotée, dans une telle zone",
        Constat::de(engagement),
        "engagement_zone",
        json!(faits.engagement_zone),
        "vrai, en zone tres_sous_dotee ou sous_dotee",
    ));
    let remplie = ou(experience, engagement);
    if remplie.is_some() {
        return Ok(Alternative {
            remplie,
            manquants: Vec::new(),
        });
    }
    let utile = engagement.is_none();
    let manquants = [
        ("heures_etablissement", etablissement.is_none()),
        ("heures_clinicat", clinicat.is_none()),
        ("engagement_zone", utile && faits.engagement_zone.is_none()),
        ("categorie", utile && zone.is_none()),
    ];
    Ok(Alternative::inconnue(
        manquants
            .into_iter()
            .filter(|(_, manque)| *manque)
            .map(|(n, _)| n.to_owned())
            .collect(),
    ))
}
