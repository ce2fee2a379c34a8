//! DER-2, DER-4: a colleague established in the zone durably reduces activity; a collaborator or associate comes for as long.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::dates_fr;
use super::echeance::{Delai, fin_brute};
use super::parametre::Parametre;
use super::regle::{Constat, Explication, RegleError};
use super::reglement::{Reglement, ReglementError};

/// What a request says of the reduction of activity of a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduction {
    /// RPPS of the established MK.
    pub rpps: String,
    /// Reduction against the two preceding years, in per cent.
    pub baisse: i64,
    /// First day of the reduction.
    pub debut: NaiveDate,
    /// How long it lasts, in months.
    pub duree_mois: u32,
}

/// The same as facts of an evaluation; `None` is unknown, never false.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaitsReduction {
    /// RPPS of the established MK.
    pub etabli: Option<String>,
    /// RPPS of the applicant.
    pub demandeur: Option<String>,
    /// Reduction, in per cent.
    pub baisse: Option<i64>,
    /// First day of the reduction.
    pub debut: Option<NaiveDate>,
    /// How long it lasts, in months.
    pub duree_mois: Option<u32>,
}

impl FaitsReduction {
    /// The facts of a request; those that it does not give are unknown.
    pub fn de(reduction: Option<&Reduction>, demandeur: &str) -> FaitsReduction {
        FaitsReduction {
            etabli: reduction.map(|r| r.rpps.clone()),
            demandeur: Some(demandeur.to_owned()),
            baisse: reduction.map(|r| r.baisse),
            debut: reduction.map(|r| r.debut),
            duree_mois: reduction.map(|r| r.duree_mois),
        }
    }
}

/// Months of a delay given in months or years.
fn mois(delai: Delai, cle: &str) -> Result<u32, ReglementError> {
    match delai {
        Delai::Mois(n) => Ok(n),
        Delai::Annees(n) => n
            .checked_mul(12)
            .ok_or_else(|| ReglementError::Type(cle.to_owned())),
        Delai::Jours(_) => Err(ReglementError::Type(cle.to_owned())),
    }
}

/// DER-4: the shortest reduction and commitment, in months.
///
/// # Errors
/// No parameter in force on `date`.
pub fn duree_min(reglement: &Reglement, date: NaiveDate) -> Result<u32, ReglementError> {
    const CLE: &str = "derogation.red.duree";
    mois(reglement.delai(CLE, date)?, CLE)
}

/// DER-2: the smallest reduction, in per cent, with the value that says it: what `der.red.plafond_pct` does not let
/// keep; the first edition gave the reduction itself.
fn baisse_min(reglement: &Reglement, date: NaiveDate) -> Result<(&Parametre, i64), ReglementError> {
    if reglement.premiere_edition() {
        let baisse = reglement.parametre("derogation.red.baisse", date)?;
        return Ok((baisse, baisse.entier()?));
    }
    let plafond = reglement.parametre("der.red.plafond_pct", date)?;
    Ok((plafond, 100 - plafond.entier()?))
}

/// DER-2: the most acts that an MK who reduces activity may make in each year, rounded down: the share kept of the average
/// of the two years before, with the tolerance. 5 000 and 4 000 acts leave 2 250.
///
/// # Errors
/// A negative count (`champ` is `actes`), or no parameter in force on `date`.
pub fn plafond_annuel(
    reglement: &Reglement,
    date: NaiveDate,
    deux_annees: [i64; 2],
) -> Result<i64, RegleError> {
    if deux_annees.iter().any(|actes| *actes < 0) {
        let phrase = "un nombre d’actes ne peut pas être négatif";
        return Err(RegleError::fait("actes", phrase));
    }
    let part = reglement.entier("der.red.plafond_pct", date)?;
    let tolerance = reglement.entier("der.red.tolerance_pct", date)?;
    let somme: i128 = deux_annees.into_iter().map(i128::from).sum();
    let plafond = somme * i128::from(part) * i128::from(100 + tolerance) / (2 * 100 * 100);
    i64::try_from(plafond)
        .map_err(|_| RegleError::fait("actes", "ce nombre d’actes est trop grand"))
}

/// DER-2: whether the reduction held, every year of it; `None` while no year is known.
///
/// # Errors
/// As [`plafond_annuel`].
pub fn tenue(
    reglement: &Reglement,
    date: NaiveDate,
    deux_annees: [i64; 2],
    annees: &[i64],
) -> Result<Option<bool>, RegleError> {
    let plafond = plafond_annuel(reglement, date, deux_annees)?;
    Ok((!annees.is_empty()).then(|| annees.iter().all(|actes| *actes <= plafond)))
}

/// DER-2: whether enough of the acts of an applicant are of the specific care that the zone lacks (family B); `None`
/// without any act.
///
/// # Errors
/// No parameter in force on `date`.
pub fn pratique_particuliere(
    reglement: &Reglement,
    date: NaiveDate,
    specifiques: i64,
    tous: i64,
) -> Result<Option<bool>, ReglementError> {
    let part = reglement.entier("der.b.part_actes_specifiques_pct", date)?;
    Ok((tous > 0).then(|| i128::from(specifiques) * 100 >= i128::from(tous) * i128::from(part)))
}

/// What is wrong with a declared reduction: the field and the sentence. `demandeur`: RPPS of the applicant.
///
/// # Errors
/// No parameter in force on `date`.
pub fn refus(
    reglement: &Reglement,
    date: NaiveDate,
    reduction: &Reduction,
    demandeur: &str,
) -> Result<Option<(&'static str, String)>, ReglementError> {
    let (_, baisse_min) = baisse_min(reglement, date)?;
    let duree_min = duree_min(reglement, date)?;
    if reduction.rpps == demandeur {
        let phrase = "Indiquez le RPPS du confrère établi qui réduit son activité, pas le vôtre.";
        return Ok(Some(("etabli_rpps", phrase.to_owned())));
    }
    if !(baisse_min..=100).contains(&reduction.baisse) {
        return Ok(Some((
            "baisse",
            format!(
                "La réduction doit être comprise entre {baisse_min} et 100 % de l’activité des deux années précédentes ; \
                 vous avez indiqué {} %.",
                reduction.baisse
            ),
        )));
    }
    if reduction.duree_mois < duree_min {
        return Ok(Some((
            "duree_mois",
            format!(
                "La réduction dure au moins {duree_min} mois ; vous avez indiqué {} mois.",
                reduction.duree_mois
            ),
        )));
    }
    let Some(fin) = fin_brute(reduction.debut, Delai::Mois(reduction.duree_mois)) else {
        let phrase = "La fin de cette période sort du calendrier : vérifiez le début et la durée.";
        return Ok(Some(("debut", phrase.to_owned())));
    };
    if fin <= date {
        return Ok(Some((
            "debut",
            format!(
                "Avec ce début et cette durée, la réduction a pris fin le {} : vérifiez l’année.",
                dates_fr::longue(fin)
            ),
        )));
    }
    Ok(None)
}

/// The conditions of a derogation for a reduction of activity, each with its citation.
///
/// # Errors
/// No parameter in force on `date`.
pub fn conditions(
    reglement: &Reglement,
    date: NaiveDate,
    faits: &FaitsReduction,
) -> Result<Explication, RegleError> {
    let mut explication = Explication::nouvelle();
    let autre = match (&faits.etabli, &faits.demandeur) {
        (Some(etabli), Some(demandeur)) => Some(etabli != demandeur),
        _ => None,
    };
    let (baisse, baisse_min) = baisse_min(reglement, date)?;
    explication.ajouter(baisse.citation().etape(
        "Un confrère établi dans la zone, autre que le demandeur, réduit son activité",
        Constat::de(autre),
        "derogation.reduction.etabli",
        json!(faits.etabli),
        "un autre RPPS que celui du demandeur",
    ));
    explication.ajouter(baisse.citation().etape(
        "La réduction est durable et suffisante, par rapport aux deux années précédentes",
        Constat::de(faits.baisse.map(|b| b >= baisse_min)),
        "derogation.reduction.baisse",
        json!(faits.baisse),
        format!(">= {baisse_min} %"),
    ));
    let duree = reglement.parametre("derogation.red.duree", date)?;
    let duree_min = mois(duree.delai()?, &duree.cle)?;
    explication.ajouter(duree.citation().etape(
        "La réduction dure assez longtemps ; le collaborateur ou l’associé s’engage pour la même durée au moins",
        Constat::de(faits.duree_mois.map(|d| d >= duree_min)),
        "derogation.reduction.duree_mois",
        json!(faits.duree_mois),
        format!(">= {duree_min} mois"),
    ));
    Ok(explication)
}

/// DER-4: the first day of the commitment of the collaborator, by `derogation.red.depart_engagement`.
///
/// # Errors
/// No parameter in force on the day of the notification.
pub fn depart_engagement(
    reglement: &Reglement,
    debut: NaiveDate,
    notification: NaiveDate,
) -> Result<NaiveDate, ReglementError> {
    Ok(
        match reglement.texte("derogation.red.depart_engagement", notification)? {
            "debut_reduction" => debut,
            _ => notification,
        },
    )
}
