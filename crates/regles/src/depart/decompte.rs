//! REG-3: the count of the acts of a leaver: over which period, by whom, and its contest.

use chrono::{Datelike, NaiveDate};

use crate::calendrier::Territoire;
use crate::echeance::{Delai, Echeance, EcheanceError, calculer, en_arriere};
use crate::regle::RegleError;
use crate::reglement::Reglement;

text_enum! {
    /// Who counted.
    pub enum Auteur {
        /// The caisse, from what was billed.
        Caisse = "caisse", "la caisse";
        /// The leaver.
        Partant = "partant", "la personne qui part";
    }
}

text_enum! {
    /// What the caisse answers to the contest of a count.
    pub enum SuiteContestation {
        /// The count stays, for the reasons that it gives.
        Maintenu = "maintenu", "Le nombre est maintenu";
        /// It is corrected, with the extract that shows it.
        Corrige = "corrige", "Le nombre est corrigé";
    }
}

/// A count of acts, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decompte {
    /// Acts.
    pub actes: i64,
    /// First and last days of the period.
    pub periode: (NaiveDate, NaiveDate),
    /// Who counted.
    pub auteur: Auteur,
    /// Day of the extract: what was billed later is not in it.
    pub extrait_le: NaiveDate,
}

impl Decompte {
    /// Whether the extract is from before the end of its period: acts are missing, and nothing is said of the place on it.
    pub fn provisoire(&self) -> bool {
        self.extrait_le <= self.periode.1
    }
}

/// What became of a count once the leaver was told of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Communication {
    /// Day it was communicated.
    pub communique_le: Option<NaiveDate>,
    /// Day the leaver contested it.
    pub conteste_le: Option<NaiveDate>,
    /// Day the caisse answered the contest.
    pub repondu_le: Option<NaiveDate>,
}

/// Where the contest of a count stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contestation {
    /// The leaver was not told yet.
    ACommuniquer,
    /// The leaver may contest until that day, included.
    Ouverte(NaiveDate),
    /// Contested in time: the caisse has to answer.
    ARepondre,
    /// Nothing more is awaited: the place may be said not to be transmissible.
    Close,
}

/// REG-3: where the contest of a count stands on `jour`. A contest after the last day changes nothing.
///
/// # Errors
/// No parameter in force on the day of the communication, or a deadline outside the calendar.
pub fn contestation(
    reglement: &Reglement,
    suivi: &Communication,
    territoire: Territoire,
    jour: NaiveDate,
) -> Result<Contestation, RegleError> {
    let Some(communique_le) = suivi.communique_le else {
        return Ok(Contestation::ACommuniquer);
    };
    let terme = terme_de_la_contestation(reglement, communique_le, territoire)?.finale;
    let a_temps = suivi.conteste_le.is_some_and(|le| le <= terme);
    Ok(match (a_temps, suivi.repondu_le) {
        (true, None) => Contestation::ARepondre,
        (true, Some(_)) => Contestation::Close,
        (false, _) if jour <= terme => Contestation::Ouverte(terme),
        (false, _) => Contestation::Close,
    })
}

/// REG-3: the first and last days of the period over which the acts of a leaver are counted (`acts.periode`): the months
/// before the cessation, or the calendar year before it.
///
/// # Errors
/// No parameter in force that day, or a period outside the calendar (`champ` is `cessation`).
pub fn periode_des_actes(
    reglement: &Reglement,
    cessation: NaiveDate,
) -> Result<(NaiveDate, NaiveDate), RegleError> {
    let periode = if reglement.texte("acts.periode", cessation)? == "annee_civile" {
        let annee = cessation.year() - 1;
        NaiveDate::from_ymd_opt(annee, 1, 1).zip(NaiveDate::from_ymd_opt(annee, 12, 31))
    } else {
        let mois = Delai::Mois(reglement.nombre("place.periode_actes", cessation)?);
        en_arriere(cessation, mois).zip(cessation.pred_opt())
    };
    periode.ok_or_else(|| RegleError::fait("cessation", EcheanceError::HorsCalendrier.to_string()))
}

/// REG-3: the last day for the leaver to contest the count of acts, from the day it was communicated.
///
/// # Errors
/// No parameter in force that day, or a deadline outside the calendar (`champ` is `communique_le`).
pub fn terme_de_la_contestation(
    reglement: &Reglement,
    communique_le: NaiveDate,
    territoire: Territoire,
) -> Result<Echeance, RegleError> {
    let delai = reglement.delai("acts.contestation", communique_le)?;
    calculer(communique_le, delai, territoire, &[])
        .map_err(|e| RegleError::fait("communique_le", e.to_string()))
}
