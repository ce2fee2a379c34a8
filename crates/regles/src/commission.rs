//! PRO-4, PRO-12: the *commission paritaire départementale* (CPD): its delays, its quorum, its vote, its opinion.

use std::cmp::Ordering;

use chrono::{Days, NaiveDate};

use super::calendrier::Territoire;
use super::conventionnement::AvisCpd;
use super::echeance::{self, Delai, Echeance, EcheanceError};
use super::regle::RegleError;
use super::reglement::{Reglement, ReglementError};

/// The last day on which the CPD may give its opinion, after a referral (PRO-4, ECH-1, ECH-2): without one it is
/// «réputé rendu» from the day after.
///
/// # Errors
/// No parameter in force that day, or a deadline outside the calendar (`champ` is `saisine`).
pub fn terme_de_l_avis(
    reglement: &Reglement,
    saisine: NaiveDate,
    territoire: Territoire,
) -> Result<Echeance, RegleError> {
    terme(reglement, "cpd.delai_avis", "saisine", saisine, territoire)
}

/// The last day to refer a request to the commission, once its file is complete (`cpd.delai_saisine`).
///
/// # Errors
/// As [`terme_de_l_avis`]; `champ` is `complete_le`.
pub fn terme_de_la_saisine(
    reglement: &Reglement,
    complete_le: NaiveDate,
    territoire: Territoire,
) -> Result<Echeance, RegleError> {
    terme(
        reglement,
        "cpd.delai_saisine",
        "complete_le",
        complete_le,
        territoire,
    )
}

/// The last day to decide, once the opinion is given or deemed given (`decision.delai_apres_avis`).
///
/// # Errors
/// As [`terme_de_l_avis`]; `champ` is `avis`.
pub fn terme_de_la_decision(
    reglement: &Reglement,
    avis: NaiveDate,
    territoire: Territoire,
) -> Result<Echeance, RegleError> {
    terme(
        reglement,
        "decision.delai_apres_avis",
        "avis",
        avis,
        territoire,
    )
}

/// The day by which a derogation whose file is complete is decided at the latest, each step taking all its time: a
/// projection, shown as such.
///
/// # Errors
/// As [`terme_de_l_avis`].
pub fn decision_projetee(
    reglement: &Reglement,
    complete_le: NaiveDate,
    territoire: Territoire,
) -> Result<NaiveDate, RegleError> {
    let saisine = terme_de_la_saisine(reglement, complete_le, territoire)?.finale;
    let avis = terme_de_l_avis(reglement, saisine, territoire)?.finale;
    Ok(terme_de_la_decision(reglement, avis, territoire)?.finale)
}

/// The same once the commission was seized on `saisie`: its opinion, then the decision, each taking all its time.
///
/// # Errors
/// As [`terme_de_l_avis`].
pub fn decision_projetee_depuis_la_saisine(
    reglement: &Reglement,
    saisie: NaiveDate,
    territoire: Territoire,
) -> Result<NaiveDate, RegleError> {
    let avis = terme_de_l_avis(reglement, saisie, territoire)?.finale;
    Ok(terme_de_la_decision(reglement, avis, territoire)?.finale)
}

/// PRO-13: the last day to ask to be heard, so that the person may still be called before the last day of the opinion
/// (`cpd.convocation_demandeur`); never before the referral.
///
/// # Errors
/// No parameter in force that day, or a deadline outside the calendar (`champ` is `avis`).
pub fn terme_de_la_demande_d_audition(
    reglement: &Reglement,
    saisie: NaiveDate,
    avis: NaiveDate,
) -> Result<NaiveDate, RegleError> {
    let convocation = reglement.delai("cpd.convocation_demandeur", saisie)?;
    let jours = match convocation {
        Delai::Jours(n) => u64::from(n),
        Delai::Mois(n) => u64::from(n) * 31,
        Delai::Annees(n) => u64::from(n) * 366,
    };
    let terme = avis
        .checked_sub_days(Days::new(jours))
        .ok_or_else(|| RegleError::fait("avis", EcheanceError::HorsCalendrier.to_string()))?;
    Ok(terme.max(saisie))
}

fn terme(
    reglement: &Reglement,
    cle: &str,
    champ: &str,
    depart: NaiveDate,
    territoire: Territoire,
) -> Result<Echeance, RegleError> {
    let delai = reglement.delai(cle, depart)?;
    echeance::calculer(depart, delai, territoire, &[])
        .map_err(|e| RegleError::fait(champ, e.to_string()))
}

text_enum! {
    /// The two sections of the commission, equal in number.
    pub enum Section {
        /// The caisses.
        Sociale = "sociale", "Section sociale";
        /// The unions.
        Professionnelle = "professionnelle", "Section professionnelle";
    }
}

impl Section {
    /// The other one.
    pub fn autre(self) -> Section {
        match self {
            Section::Sociale => Section::Professionnelle,
            Section::Professionnelle => Section::Sociale,
        }
    }
}

/// The section that presides in a calendar year, the other one having the vice-presidency: they alternate from the one
/// that presided in `connue`.
pub fn presidence(annee: i32, connue: (i32, Section)) -> Section {
    match (annee - connue.0).rem_euclid(2) {
        0 => connue.1,
        _ => connue.1.autre(),
    }
}

/// Seats of a section, and how many are present or validly represented. Who withdraws from a file counts for neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presence {
    /// Seats.
    pub sieges: u32,
    /// Present, or represented by a substitute or a delegation within the section.
    pub presents: u32,
}

/// Whether the commission may deliberate (`cpd.quorum`): half of each section. At the meeting called after one that
/// lacked it, whatever the number, provided that both sections are there in equal number.
///
/// # Errors
/// No parameter in force that day.
pub fn peut_deliberer(
    reglement: &Reglement,
    jour: NaiveDate,
    sociale: Presence,
    professionnelle: Presence,
    nouvelle_reunion: bool,
) -> Result<bool, ReglementError> {
    if nouvelle_reunion {
        return Ok(sociale.presents == professionnelle.presents && sociale.presents > 0);
    }
    Ok(match reglement.texte("cpd.quorum", jour)? {
        "aucun" => true,
        _ => [sociale, professionnelle]
            .iter()
            .all(|p| p.presents > 0 && u64::from(p.presents) * 2 >= u64::from(p.sieges)),
    })
}

/// Votes cast; blank and void ones are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Votes {
    /// For.
    pub pour: u32,
    /// Against.
    pub contre: u32,
}

/// The opinion that a vote gives: the majority of the votes cast. A first tie is put to a second vote within a month;
/// at a second tie the vote of the president prevails, `None` while it is not known.
pub fn avis(votes: Votes, second_vote: bool, president: Option<bool>) -> Option<AvisCpd> {
    let sens = |pour| {
        if pour {
            AvisCpd::Favorable
        } else {
            AvisCpd::Defavorable
        }
    };
    match votes.pour.cmp(&votes.contre) {
        Ordering::Greater => Some(AvisCpd::Favorable),
        Ordering::Less => Some(AvisCpd::Defavorable),
        Ordering::Equal if second_vote => president.map(sens),
        Ordering::Equal => Some(AvisCpd::Partage),
    }
}

text_enum! {
    /// What keeps the commission from working.
    pub enum Defaut {
        /// It is not set up.
        NonConstituee = "non_constituee", "Commission non constituée";
        /// No date agreed.
        SansDate = "sans_date", "Aucune date fixée";
        /// No agenda agreed.
        SansOrdreDuJour = "sans_ordre_du_jour", "Aucun ordre du jour arrêté";
        /// No quorum.
        SansQuorum = "sans_quorum", "Quorum non atteint";
        /// The vote was refused.
        VoteRefuse = "vote_refuse", "Vote refusé";
    }
}

/// Whether the commission is in carence: not set up, or the same failure twice (no date and no agenda count together).
/// Stated, it leaves a month (`cpd.remede_carence`) before the other section acts alone.
pub fn carence(defauts: &[Defaut]) -> bool {
    use Defaut as D;
    let combien = |lesquels: &[Defaut]| defauts.iter().filter(|d| lesquels.contains(d)).count();
    combien(&[D::NonConstituee]) > 0
        || [
            &[D::SansDate, D::SansOrdreDuJour][..],
            &[D::SansQuorum],
            &[D::VoteRefuse],
        ]
        .iter()
        .any(|lesquels| combien(lesquels) >= 2)
}

/// PRO-12: whether the applicant may read the opinion: as soon as it was sent to the caisse; a ranking of candidates only
/// once it is decided on.
pub fn communicable(transmis: bool, classement: bool, decide: bool) -> bool {
    transmis && (!classement || decide)
}
