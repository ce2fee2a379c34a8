//! ALT: the alternative conditions to conventionnement (art. 4.1.1).

use chrono::NaiveDate;
use serde_json::json;

use super::conclusion::{et, ou};
use super::conventionnement::FaitsConventionnement;
use super::parametre::Parametre;
use super::regle::{Constat, Explication, RegleError, date_inconnue};
use super::reglement::{Reglement, ReglementError};
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

/// Impossible facts are errors, whatever else is unknown.
fn verifier(faits: &FaitsConventionnement) -> Result<(), RegleError> {
    let heures = "un nombre d’heures ne peut pas être négatif";
    let actes = "un nombre d’actes ne peut pas être négatif";
    for (champ, nombre, message) in [
        ("heures_etablissement", faits.heures_etablissement, heures),
        ("heures_clinicat", faits.heures_clinicat, heures),
        ("actes_zone_sous_dotee", faits.actes_zone_sous_dotee, actes),
    ] {
        if nombre.is_some_and(|n| n < 0) {
            return Err(RegleError::fait(champ, message));
        }
    }
    Ok(())
}

/// ALT-1 to ALT-3, ALT-5: hours in establishment and clinicat, those hours completed by acts in an under-served
/// zone, or the commitment in such a zone.
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
    verifier(faits)?;
    let (Some(depuis), Some(requis), Some(regle_du_cumul)) = (
        reglement.parametre_si("alt.entree_en_formation_depuis", date)?,
        reglement.parametre_si("alt.heures", date)?,
        Cumul::lire(reglement, date)?,
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
    let connues = heures(faits);
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

    if regle_du_cumul.suffit(faits, heures_requises, explication) {
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

/// ALT-5: whether hours and acts complete each other, and how many acts stand for the whole.
struct Cumul<'a>(Option<(&'a Parametre, i64)>);

impl<'a> Cumul<'a> {
    /// The rule on the date, which the first edition did not have; `None` when it depends on an unknown date.
    fn lire(
        reglement: &'a Reglement,
        date: Option<NaiveDate>,
    ) -> Result<Option<Self>, ReglementError> {
        if reglement.premiere_edition() {
            return Ok(Some(Cumul(None)));
        }
        let (Some(regle), Some(requis)) = (
            reglement.parametre_si("alt.cumul", date)?,
            reglement.parametre_si("alt.engagement_actes", date)?,
        ) else {
            return Ok(None);
        };
        let requis = requis.entier()?;
        Ok(Some(Cumul(
            (regle.texte()? == "prorata").then_some((regle, requis)),
        )))
    }

    /// Whether they are enough together, as exact fractions. Hours that are not known count for nothing yet: more of
    /// them can only help. Without acts, nothing is added to what the hours say.
    fn suffit(
        &self,
        faits: &FaitsConventionnement,
        heures_requises: i64,
        explication: &mut Explication,
    ) -> bool {
        let actes = faits.actes_zone_sous_dotee.unwrap_or(0);
        let (Some((regle, actes_requis)), 1..) = (self.0, actes) else {
            return false;
        };
        let toutes = faits.heures_etablissement.is_some() && faits.heures_clinicat.is_some();
        let suffit = somme_suffit(heures(faits), heures_requises, actes, actes_requis);
        explication.ajouter(regle.citation().etape(
            "Heures et actes en zone très sous-dotée ou sous-dotée se complètent",
            Constat::de(if suffit || toutes { Some(suffit) } else { None }),
            "actes_zone_sous_dotee",
            json!(actes),
            format!("heures / {heures_requises} + actes / {actes_requis} >= 1"),
        ));
        suffit
    }
}

/// Hours in establishment and of clinicat, as far as they are known.
fn heures(faits: &FaitsConventionnement) -> i64 {
    let [etablissement, clinicat] =
        [faits.heures_etablissement, faits.heures_clinicat].map(|h| h.unwrap_or(0));
    etablissement.saturating_add(clinicat)
}

/// heures / heures_requises + actes / actes_requis ≥ 1, without a division.
fn somme_suffit(heures: i64, heures_requises: i64, actes: i64, actes_requis: i64) -> bool {
    let [h, hr, a, ar] = [heures, heures_requises, actes, actes_requis].map(i128::from);
    h * ar + a * hr >= hr * ar
}

/// What lacks to meet ALT-1 (a) or ALT-5, for who is subject to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manque {
    /// Hours known so far.
    pub heures: i64,
    /// Hours required.
    pub heures_requises: i64,
    /// Hours that would be enough, the acts made being counted.
    pub heures_manquantes: i64,
    /// Acts in a très sous-dotée or sous-dotée zone that would be enough, those made being counted.
    pub actes_manquants: i64,
}

/// ALT-1, ALT-5: by how much the conditions are missed, each rounded up; `None` when they are met, when who asks is not
/// subject to them or does not say when they began their studies.
///
/// # Errors
/// An impossible fact, or no parameter in force on `date`.
pub fn manque(
    reglement: &Reglement,
    date: NaiveDate,
    faits: &FaitsConventionnement,
) -> Result<Option<Manque>, RegleError> {
    verifier(faits)?;
    let depuis = reglement.entier("alt.entree_en_formation_depuis", date)?;
    if faits
        .entree_formation
        .is_none_or(|annee| i64::from(annee) < depuis)
    {
        return Ok(None);
    }
    let requises = reglement.entier("alt.heures", date)?;
    let actes_requis = reglement.entier("alt.engagement_actes", date)?;
    let cumul = reglement.texte("alt.cumul", date)? == "prorata";
    let (heures, actes) = (heures(faits), faits.actes_zone_sous_dotee.unwrap_or(0));
    let actes_comptes = if cumul { actes } else { 0 };
    if heures >= requises || somme_suffit(heures, requises, actes_comptes, actes_requis) {
        return Ok(None);
    }
    // What is left of the whole, in hours × acts: positive, since the sum is not enough.
    let [h, hr, a, ar] = [heures, requises, actes_comptes, actes_requis].map(i128::from);
    let reste = hr * ar - h * ar - a * hr;
    let par = |diviseur: i128| i64::try_from((reste + diviseur - 1) / diviseur).unwrap_or(i64::MAX);
    Ok(Some(Manque {
        heures,
        heures_requises: requises,
        heures_manquantes: par(ar),
        actes_manquants: if cumul { par(hr) } else { actes_requis },
    }))
}
