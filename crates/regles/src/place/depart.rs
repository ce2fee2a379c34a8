//! REG-3, REG-4, REG-15, REG-16: whether a departure opens a place that may be transmitted.

use chrono::NaiveDate;
use serde_json::json;

use super::{AvisSousSeuil, ConclusionPlace, FaitsPlace, ResultatPlace, Suite};
use crate::parametre::Parametre;
use crate::regle::{Constat, Etape, RegleError};
use crate::reglement::Reglement;
use crate::zonage::Categorie;

/// REG-15, REG-16: departures that open no place, whatever the acts. An answer where one applies. What is not said is
/// «no», and has no step: only what was looked at is shown.
pub(super) fn ouvre(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsPlace,
    suite: &mut Suite,
) -> Result<Option<ConclusionPlace>, RegleError> {
    if reglement.premiere_edition() {
        return Ok(None);
    }
    if let Some(derogation) = faits.cedant_par_derogation {
        let Some(sort) = reglement.parametre_si("place.depart_derogataire", date)? else {
            return Ok(Some(date_manque(
                reglement,
                "place.depart_derogataire",
                suite,
            )?));
        };
        let ouvre = !derogation || sort.texte()? != "n_ouvre_pas";
        suite.explication.ajouter(sort.citation().etape(
            "Le partant n’exerçait pas par dérogation : son départ ouvre une place",
            Constat::de(Some(ouvre)),
            "cedant_par_derogation",
            json!(derogation),
            "faux",
        ));
        if !ouvre {
            return Ok(Some(suite.clone().fin(ResultatPlace::NonTransmissible)));
        }
    }
    if let Some(categorie) = faits.categorie_a_la_cessation {
        let Some(sort) = reglement.parametre_si("place.depart_anterieur_zonage", date)? else {
            return Ok(Some(date_manque(
                reglement,
                "place.depart_anterieur_zonage",
                suite,
            )?));
        };
        let ouvre = categorie.est_regulee() || sort.texte()? != "exclu";
        suite.explication.ajouter(sort.citation().etape(
            "La zone était déjà régulée le jour de la cessation",
            Constat::de(Some(ouvre)),
            "categorie_a_la_cessation",
            json!(categorie),
            "non_prioritaire ou sur_dotee_av5",
        ));
        if !ouvre {
            return Ok(Some(suite.clone().fin(ResultatPlace::NonTransmissible)));
        }
    }
    Ok(None)
}

fn date_manque(
    reglement: &Reglement,
    cle: &str,
    suite: &mut Suite,
) -> Result<ConclusionPlace, RegleError> {
    suite.explication.ajouter(date_inconnue(reglement, cle)?);
    Ok(suite.clone().incomplet(vec!["date".into()]))
}

/// The rules of avenant 7 in a zone of the former regime: a choice of ours, said where it weighs.
pub(super) fn regime_anterieur(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsPlace,
    suite: &mut Suite,
) -> Result<(), RegleError> {
    if faits.categorie != Some(Categorie::SurDoteeAv5) || reglement.premiere_edition() {
        return Ok(());
    }
    if let Some(regle) = reglement.parametre_si("av5.regles_place", date)? {
        suite.explication.ajouter(regle.citation().etape(
            "Le seuil d’actes et le délai de l’avenant 7 valent aussi dans une zone sur-dotée de l’avenant 5",
            Constat::Rempli,
            "categorie",
            json!(faits.categorie),
            regle.texte()?.to_owned(),
        ));
    }
    Ok(())
}

/// REG-3 and REG-4: enough acts, or the favourable opinion of the CPD. An answer where that decides.
pub(super) fn seuil(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsPlace,
    suite: &mut Suite,
) -> Result<Option<ConclusionPlace>, RegleError> {
    if faits.actes_12_mois.is_some_and(|actes| actes < 0) {
        return Err(RegleError::fait(
            "actes_12_mois",
            "un nombre d’actes ne peut pas être négatif",
        ));
    }
    let Some((seuil, atteint)) = atteint(reglement, date, faits.actes_12_mois)? else {
        suite
            .explication
            .ajouter(date_inconnue(reglement, "place.seuil_actes")?);
        return Ok(Some(suite.clone().incomplet(vec!["date".into()])));
    };
    let requis = seuil.entier()?;
    suite.explication.ajouter(seuil.citation().etape(
        "Actes du partant dans les douze mois précédant la cessation",
        Constat::de(atteint),
        "actes_12_mois",
        json!(faits.actes_12_mois),
        format!(">= {requis}"),
    ));
    match atteint {
        None => return Ok(Some(suite.clone().incomplet(vec!["actes_12_mois".into()]))),
        Some(true) => return Ok(None),
        Some(false) => {}
    }
    let favorable = faits
        .avis_cpd_sous_seuil
        .map(|avis| avis == AvisSousSeuil::Favorable);
    suite
        .explication
        .ajouter(reglement.citation_si("REG-4", date)?.etape(
            "Sous le seuil, la CPD est d’avis que la place reste transmissible",
            Constat::de(favorable),
            "avis_cpd_sous_seuil",
            json!(faits.avis_cpd_sous_seuil),
            "favorable",
        ));
    Ok(match favorable {
        None => Some(suite.clone().fin(ResultatPlace::AExaminer)),
        Some(false) => Some(suite.clone().fin(ResultatPlace::NonTransmissible)),
        Some(true) => None,
    })
}

/// REG-3: whether the floor is reached, with the value that says so. On an unknown date, only where every value
/// in force at any time says the same; `None` where the date decides.
fn atteint(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    actes: Option<i64>,
) -> Result<Option<(&Parametre, Option<bool>)>, RegleError> {
    const CLE: &str = "place.seuil_actes";
    let dire = |p: &Parametre| -> Result<Option<bool>, RegleError> {
        let requis = p.entier()?;
        Ok(actes.map(|actes| actes >= requis))
    };
    if let Some(date) = date {
        let seuil = reglement.parametre(CLE, date)?;
        return Ok(Some((seuil, dire(seuil)?)));
    }
    let derniere = reglement.derniere(CLE)?;
    let constat = dire(derniere)?;
    for valeur in reglement.historique(CLE) {
        if dire(valeur)? != constat {
            return Ok(None);
        }
    }
    Ok(Some((derniere, constat)))
}

/// The step that says the answer depends on an unknown date: it cites the parameter whose value changed.
pub(super) fn date_inconnue(reglement: &Reglement, cle: &str) -> Result<Etape, RegleError> {
    Ok(crate::regle::date_inconnue(
        reglement.derniere(cle)?.citation(),
    ))
}
