//! A dated parameter: value, unit, in force from/to, source, status, verified on.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::echeance::Delai;
use super::regle::{Citation, Statut};
use super::reglement::ReglementError;
use crate::passage::Passage;
use crate::refus::Refus;

text_enum! {
    /// Where a proposed value stands.
    pub enum EtatValeur {
        /// Waits for another person.
        Proposee = "proposee", "à examiner";
        /// Applies from its date.
        Approuvee = "approuvee", "approuvée";
        /// Refused by another person.
        Rejetee = "rejetee", "rejetée";
        /// Withdrawn before its date.
        Retiree = "retiree", "retirée";
    }
}

impl EtatValeur {
    /// Where a proposed value begins.
    pub const DEBUT: EtatValeur = EtatValeur::Proposee;
}

text_enum! {
    /// What can happen to a proposed value.
    pub enum Evenement {
        /// Another person approves it.
        Approuver = "approuver", "L’approbation";
        /// Another person rejects it, with a reason.
        Rejeter = "rejeter", "Le rejet";
        /// It is withdrawn, with a reason.
        Retirer = "retirer", "Le retrait";
    }
}

/// The state that follows. What is in force (`en_vigueur`: its day of effect has come) never changes.
///
/// # Errors
/// A refusal when it cannot happen in this state.
pub fn transition(
    etat: EtatValeur,
    en_vigueur: bool,
    evenement: Evenement,
) -> Result<Passage<EtatValeur>, Refus> {
    use EtatValeur as E;
    use Evenement as V;
    let vers = match (etat, evenement) {
        (E::Proposee, V::Approuver) => E::Approuvee,
        (E::Proposee, V::Rejeter) => E::Rejetee,
        (E::Proposee, V::Retirer) => E::Retiree,
        (E::Approuvee, V::Retirer) if !en_vigueur => E::Retiree,
        (E::Approuvee, V::Retirer) => {
            return Err(Refus::fixe(
                "valeur_en_vigueur",
                "Cette valeur est entrée en vigueur : elle ne change plus. Proposez une nouvelle valeur, pour une date à venir.",
            ));
        }
        (E::Approuvee, V::Approuver | V::Rejeter) => {
            return Err(Refus::fixe(
                "valeur_examinee",
                "Cette valeur est déjà approuvée : pour la changer, retirez-la avant sa date d’effet ou proposez-en une autre.",
            ));
        }
        (E::Rejetee | E::Retiree, _) => {
            return Err(Refus::fixe(
                "valeur_close",
                "Cette valeur n’est plus proposée : proposez-en une autre.",
            ));
        }
    };
    Ok(Passage::new(etat, vers))
}

/// Unit of a parameter: what its value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unite {
    /// Billed acts.
    Actes,
    /// Hours.
    Heures,
    /// Days.
    Jours,
    /// Months.
    Mois,
    /// Years.
    Annees,
    /// A calendar year, such as 2023.
    Millesime,
    /// Euro cents.
    Centimes,
    /// Per cent.
    Pourcent,
    /// Per thousand.
    PourMille,
    /// People.
    Personnes,
    /// An ISO date.
    Date,
    /// A day of every year, `MM-DD`.
    JourMois,
    /// Yes or no.
    OuiNon,
    /// One of the values the catalogue allows.
    Choix,
    /// A list of codes the catalogue allows.
    Codes,
}

impl Unite {
    /// The unit, as written after a number in French.
    pub fn libelle(self) -> &'static str {
        match self {
            Unite::Actes => "actes",
            Unite::Heures => "heures",
            Unite::Jours => "jours",
            Unite::Mois => "mois",
            Unite::Annees => "ans",
            Unite::Centimes => "centimes",
            Unite::Pourcent => "%",
            Unite::PourMille => "‰",
            Unite::Personnes => "personnes",
            Unite::Millesime
            | Unite::Date
            | Unite::JourMois
            | Unite::OuiNon
            | Unite::Choix
            | Unite::Codes => "",
        }
    }
}

/// Value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ValeurParametre {
    /// Yes or no.
    OuiNon(bool),
    /// A whole number, in the unit of the key.
    Entier(i64),
    /// A code, a date or a day of the year.
    Texte(String),
    /// Codes.
    Liste(Vec<String>),
}

impl fmt::Display for ValeurParametre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValeurParametre::OuiNon(true) => f.write_str("oui"),
            ValeurParametre::OuiNon(false) => f.write_str("non"),
            ValeurParametre::Entier(n) => write!(f, "{n}"),
            ValeurParametre::Texte(t) => f.write_str(t),
            ValeurParametre::Liste(l) => f.write_str(&l.join(", ")),
        }
    }
}

/// Whether a period holds a day; its first and last days are in it, `au` is `None` while it has no end.
pub fn couvre(du: NaiveDate, au: Option<NaiveDate>, jour: NaiveDate) -> bool {
    du <= jour && au.is_none_or(|au| jour <= au)
}

/// A value of a parameter over a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parametre {
    /// Key, as in the catalogue.
    pub cle: String,
    /// The rule it belongs to, such as `REG-3`.
    pub regle: String,
    /// What it is, in French.
    pub libelle: String,
    /// Its value.
    pub valeur: ValeurParametre,
    /// Unit of the value.
    pub unite: Unite,
    /// First day in force.
    pub du: NaiveDate,
    /// Last day in force, `None` while it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub au: Option<NaiveDate>,
    /// Where the value comes from, in French.
    pub source: String,
    /// Status in the rulebook.
    pub statut: Statut,
    /// Last day the source was checked.
    pub verifie_le: NaiveDate,
}

impl Parametre {
    /// Whether the value is in force that day.
    pub fn en_vigueur(&self, date: NaiveDate) -> bool {
        couvre(self.du, self.au, date)
    }

    fn type_attendu(&self) -> ReglementError {
        ReglementError::Type(self.cle.clone())
    }

    /// The value as a whole number, in the unit of the key.
    ///
    /// # Errors
    /// `Type` when it is something else; likewise for the other readings.
    pub fn entier(&self) -> Result<i64, ReglementError> {
        match &self.valeur {
            ValeurParametre::Entier(n) => Ok(*n),
            _ => Err(self.type_attendu()),
        }
    }

    /// The value as a count.
    ///
    /// # Errors
    /// `Type`.
    pub fn nombre(&self) -> Result<u32, ReglementError> {
        u32::try_from(self.entier()?).map_err(|_| self.type_attendu())
    }

    /// The value as a yes or no.
    ///
    /// # Errors
    /// `Type`.
    pub fn oui(&self) -> Result<bool, ReglementError> {
        match &self.valeur {
            ValeurParametre::OuiNon(b) => Ok(*b),
            _ => Err(self.type_attendu()),
        }
    }

    /// The value as a code.
    ///
    /// # Errors
    /// `Type`.
    pub fn texte(&self) -> Result<&str, ReglementError> {
        match &self.valeur {
            ValeurParametre::Texte(t) => Ok(t),
            _ => Err(self.type_attendu()),
        }
    }

    /// The value as a list of codes.
    ///
    /// # Errors
    /// `Type`.
    pub fn liste(&self) -> Result<&[String], ReglementError> {
        match &self.valeur {
            ValeurParametre::Liste(l) => Ok(l),
            _ => Err(self.type_attendu()),
        }
    }

    /// The value as a delay, in the unit of the key.
    ///
    /// # Errors
    /// `Type`.
    pub fn delai(&self) -> Result<Delai, ReglementError> {
        match self.unite {
            Unite::Jours => self.nombre().map(Delai::Jours),
            Unite::Mois => self.nombre().map(Delai::Mois),
            Unite::Annees => self.nombre().map(Delai::Annees),
            _ => Err(self.type_attendu()),
        }
    }

    /// The citation of a step that uses this value. For a [D] the source is the key (EVALUATION).
    pub fn citation(&self) -> Citation {
        let source = if self.statut == Statut::D {
            &self.cle
        } else {
            &self.source
        };
        Citation {
            regle: Cow::Owned(self.regle.clone()),
            source: Cow::Owned(source.clone()),
            en_vigueur_depuis: self.du,
            statut: self.statut,
        }
    }
}

/// The dated source of a rule that carries no value of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegleCitee {
    /// Identifier of the rule.
    pub id: String,
    /// Where it comes from, in French.
    pub source: String,
    /// Status in the rulebook.
    pub statut: Statut,
    /// First day in force.
    pub du: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    /// Last day in force, `None` while it is.
    pub au: Option<NaiveDate>,
}

impl RegleCitee {
    /// The citation of a step that applies this rule.
    pub fn citation(&self) -> Citation {
        Citation {
            regle: Cow::Owned(self.id.clone()),
            source: Cow::Owned(self.source.clone()),
            en_vigueur_depuis: self.du,
            statut: self.statut,
        }
    }
}
