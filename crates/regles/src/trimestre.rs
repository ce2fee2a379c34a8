//! PRO-15: what a caisse reports every quarter of its decisions in regulated zones.

use chrono::{Datelike, NaiveDate};

use super::demande::{Fondement, Sens};
use super::zonage::Categorie;

/// First and last days of the quarter of a day; `None` outside the calendar.
pub fn trimestre(jour: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let premier_mois = jour.month0() / 3 * 3 + 1;
    let du = NaiveDate::from_ymd_opt(jour.year(), premier_mois, 1)?;
    let au = match premier_mois {
        10 => NaiveDate::from_ymd_opt(jour.year(), 12, 31)?,
        mois => NaiveDate::from_ymd_opt(jour.year(), mois + 3, 1)?.pred_opt()?,
    };
    Some((du, au))
}

/// A decision that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prise {
    /// Day it was taken.
    pub le: NaiveDate,
    /// Category of the zone that day.
    pub categorie: Categorie,
    /// Granted or refused.
    pub sens: Sens,
    /// What it rests on.
    pub fondement: Fondement,
    /// Rules that did not hold, for a refusal.
    pub regles: Vec<String>,
}

/// What is reported of a quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Etat {
    /// Granted on a succession.
    pub successions: usize,
    /// Granted by derogation.
    pub derogations: usize,
    /// Granted outside the regulation, to who was conventioned in the zone already.
    pub deja_conventionnes: usize,
    /// Refused.
    pub refus: usize,
    /// How many refusals rest on each rule, in their order: one refusal may rest on several.
    pub motifs: Vec<(String, usize)>,
}

/// The report of the quarter of `jour`: decisions of those days, in regulated zones only.
pub fn etat(decisions: &[Prise], jour: NaiveDate) -> Etat {
    let mut etat = Etat::default();
    let Some((du, au)) = trimestre(jour) else {
        return etat;
    };
    let retenues = decisions
        .iter()
        .filter(|d| du <= d.le && d.le <= au && d.categorie.est_regulee());
    for decision in retenues {
        match (decision.sens, decision.fondement) {
            (Sens::Refus, _) => {
                etat.refus += 1;
                for regle in &decision.regles {
                    match etat.motifs.iter_mut().find(|(r, _)| r == regle) {
                        Some((_, combien)) => *combien += 1,
                        None => etat.motifs.push((regle.clone(), 1)),
                    }
                }
            }
            (Sens::Accord, Fondement::Derogation) => etat.derogations += 1,
            (Sens::Accord, Fondement::Succession) => etat.successions += 1,
            (Sens::Accord, _) => etat.deja_conventionnes += 1,
        }
    }
    etat.motifs.sort();
    etat
}

/// What a refusal rested on, in words: the condition of this rule that did not hold; none for a rule that refuses nothing.
pub fn raison(regle: &str) -> Option<&'static str> {
    Some(match regle {
        "REG-1" => "aucune place transmise, ni dérogation",
        "REG-2" => "place déjà prise",
        "REG-3" => "activité de la personne qui part sous le seuil",
        "REG-4" => "place non transmissible de l’avis de la commission",
        "REG-5" => "délai de désignation passé",
        "REG-8" => "désignation non acceptée",
        "REG-15" => "départ après une dérogation",
        "REG-16" => "cessation antérieure au classement de la zone",
        "DER-1" => "dérogation non admise",
        "DER-2" => "motif de dérogation non établi",
        "DER-3" => "avis de la commission non favorable",
        "DER-4" => "réduction d’activité du confrère non établie",
        "ALT-1" => "conditions des premières années non remplies",
        "ALT-2" => "heures de stage insuffisantes",
        "ALT-5" => "heures et actes insuffisants ensemble",
        "PRO-3" => "pièce indispensable manquante",
        _ => return None,
    })
}
