//! PRO-13: who acts for the applicant, and how the applicant is heard.

use chrono::NaiveDate;

use super::echeance;
use super::regle::RegleError;
use super::reglement::Reglement;

/// A written mandate to act for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MandatEcrit {
    /// First day.
    pub du: NaiveDate,
    /// Last day; none while it is not ended.
    pub au: Option<NaiveDate>,
    /// Whether the document was received.
    pub recu: bool,
}

/// Whether a representative may act on `jour`: on a written mandate that was received and runs, both of its days included.
pub fn peut_agir(mandat: Option<MandatEcrit>, jour: NaiveDate) -> bool {
    mandat.is_some_and(|m| m.recu && crate::parametre::couvre(m.du, m.au, jour))
}

text_enum! {
    /// How a request came in.
    pub enum Depot {
        /// By the applicant, online.
        EnLigne = "en_ligne", "En ligne";
        /// By a representative, on a written mandate.
        Representant = "representant", "Par un représentant";
        /// On paper: an agent enters it.
        Papier = "papier", "Sur papier, saisie par la caisse";
    }
}

impl Depot {
    /// Whether the applicant is told that somebody else entered the request.
    pub fn se_signale(self) -> bool {
        self != Depot::EnLigne
    }
}

/// Whether the commission hears the applicant: who asks is heard; who does not may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audition {
    /// The applicant asked.
    Due,
    /// The commission wants to.
    Possible,
    /// Neither.
    Aucune,
}

/// Whether the applicant is heard; what the commission wants never takes a hearing away.
pub fn audition(demandee: bool, souhaitee_par_la_commission: bool) -> Audition {
    match (demandee, souhaitee_par_la_commission) {
        (true, _) => Audition::Due,
        (false, true) => Audition::Possible,
        (false, false) => Audition::Aucune,
    }
}

/// What is to be said of a hearing, and is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NonDit {
    /// Whether the person was heard.
    Issue,
    /// Why somebody who asked was not.
    Raison,
}

/// Whether an opinion says what it must of the hearing: nothing while nobody wanted one; whether the person was heard,
/// and, when she asked and was not, why.
///
/// # Errors
/// What is missing.
pub fn dite(audition: Audition, entendue: Option<bool>, raison: &str) -> Result<(), NonDit> {
    match (audition, entendue) {
        (Audition::Aucune, _) => Ok(()),
        (_, None) => Err(NonDit::Issue),
        (Audition::Due, Some(false)) if raison.trim().is_empty() => Err(NonDit::Raison),
        _ => Ok(()),
    }
}

/// The first day on which somebody invited on `jour` is heard, unless she agrees to an earlier one
/// (`cpd.convocation_demandeur`).
///
/// # Errors
/// No parameter in force that day; a day outside the calendar (`champ` is `jour`).
pub fn premier_jour(reglement: &Reglement, jour: NaiveDate) -> Result<NaiveDate, RegleError> {
    let delai = reglement.delai("cpd.convocation_demandeur", jour)?;
    echeance::fin_brute(jour, delai).ok_or_else(|| RegleError::fait("jour", "hors du calendrier"))
}
