//! CTR-11: what is repaid after an early termination.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::conclusion::{Conclusion, inconnus};
use super::contrat::ResultatCalcul;
use super::montant::Montant;
use super::regle::{Constat, Explication, RegleError};
use super::reglement::Reglement;

/// Facts about a termination; `None` is unknown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FaitsRestitution {
    /// First day of the contract.
    pub debut: Option<NaiveDate>,
    /// First day after the contract.
    pub fin: Option<NaiveDate>,
    /// Day of the termination.
    pub resiliation: Option<NaiveDate>,
    /// What was received.
    pub percu: Option<Montant>,
}

/// What is to be repaid.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ValeursRestitution {
    /// Days left to run.
    pub jours_restants: Option<i64>,
    /// Days of the whole contract.
    pub jours_total: Option<i64>,
    /// Amount to repay.
    pub a_restituer: Option<Montant>,
}

/// What is repaid: received × days left ÷ total days, rounded once.
///
/// # Errors
/// An end that does not follow the start, a negative amount, no parameter in force on `date`.
pub fn evaluer(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsRestitution,
) -> Result<Conclusion<ResultatCalcul, ValeursRestitution>, RegleError> {
    if faits.percu.is_some_and(|p| p < Montant::ZERO) {
        return Err(RegleError::fait(
            "percu",
            "un montant perçu ne peut pas être négatif",
        ));
    }
    let jours_total = match (faits.debut, faits.fin) {
        (Some(debut), Some(fin)) => Some(fin.signed_duration_since(debut).num_days()),
        _ => None,
    };
    if jours_total.is_some_and(|jours| jours <= 0) {
        return Err(RegleError::fait(
            "fin",
            "la fin du contrat doit suivre son début",
        ));
    }
    let mut explication = Explication::nouvelle();
    let Some(prorata) = reglement.parametre_si("contrat.restitution", date)? else {
        explication.ajouter(reglement.citation_si("CTR-13", date)?.etape(
            "La règle applicable dépend de la date de l’évaluation",
            Constat::Inconnu,
            "date",
            json!(null),
            "une date",
        ));
        return Ok(Conclusion {
            resultat: ResultatCalcul::Incomplet,
            valeurs: ValeursRestitution::default(),
            manquants: vec!["date".into()],
            explication,
        });
    };
    let ctr_11 = prorata.citation();
    let faits_dates = [
        ("debut", faits.debut, "premier jour du contrat"),
        ("fin", faits.fin, "premier jour après le contrat"),
    ];
    for (fait, valeur, attendu) in faits_dates.into_iter().chain([(
        "resiliation",
        faits.resiliation,
        "jour de la résiliation",
    )]) {
        explication.ajouter(ctr_11.clone().etape(
            "Restitution au prorata des jours restant à courir",
            Constat::de(valeur.map(|_| true)),
            fait,
            json!(valeur),
            attendu,
        ));
    }
    explication.ajouter(ctr_11.etape(
        "Montant perçu, à restituer en proportion",
        Constat::de(faits.percu.map(|_| true)),
        "percu",
        json!(faits.percu),
        "perçu × jours restants ÷ jours du contrat",
    ));
    let jours_restants = match (faits.fin, faits.resiliation, jours_total) {
        (Some(fin), Some(fin_anticipee), Some(total)) => Some(
            fin.signed_duration_since(fin_anticipee)
                .num_days()
                .clamp(0, total),
        ),
        _ => None,
    };
    let valeurs = ValeursRestitution {
        jours_restants,
        jours_total,
        a_restituer: None,
    };
    let (Some(restants), Some(total), Some(percu)) = (jours_restants, jours_total, faits.percu)
    else {
        let manquants = inconnus([
            ("debut", faits.debut.is_some()),
            ("fin", faits.fin.is_some()),
            ("resiliation", faits.resiliation.is_some()),
            ("percu", faits.percu.is_some()),
        ]);
        return Ok(Conclusion {
            resultat: ResultatCalcul::Incomplet,
            valeurs,
            manquants,
            explication,
        });
    };
    let a_restituer = percu
        .fraction(i128::from(restants), i128::from(total))
        .map_err(|e| RegleError::fait("percu", e.to_string()))?;
    Ok(Conclusion {
        resultat: ResultatCalcul::Calcule,
        valeurs: ValeursRestitution {
            a_restituer: Some(a_restituer),
            ..valeurs
        },
        manquants: Vec::new(),
        explication,
    })
}
