//! REG-12: the charter of a CPAM, and the ranking of the candidates for a place without successor.
//!
//! Each criterion is worth at most its weight; the weights add up to 100. Points are exact hundredths, rounded
//! down: what is shown is what is compared. A value that is not known is never zero: it leaves the candidate unranked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::dates_fr;
use super::regle::{Citation, Constat, Explication, Statut};

/// What the weights of a charter add up to.
pub const POIDS_TOTAL: i64 = 100;
/// Criteria of a charter, at most.
pub const CRITERES_MAX: usize = 10;
/// The largest value of a criterion.
pub const VALEUR_MAX: i64 = 100_000;

text_enum! {
    /// What the value of a criterion is.
    pub enum GenreCritere {
        /// A count, in the unit that the label names.
        Nombre = "nombre", "Nombre";
        /// Yes or no.
        OuiNon = "oui_non", "Oui ou non";
        /// A mark on a scale that begins at zero.
        Degre = "degre", "Note sur une échelle";
    }
}

text_enum! {
    /// Which values of a criterion are worth more.
    pub enum SensCritere {
        /// The larger, the better.
        Croissant = "croissant", "plus la valeur est grande, plus elle rapporte";
        /// The smaller, the better.
        Decroissant = "decroissant", "plus la valeur est petite, plus elle rapporte";
    }
}

/// One criterion of a charter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Critere {
    /// Its code in the charter, as `C1`.
    pub code: String,
    /// Its name on screens, with the unit of a count.
    pub libelle: String,
    /// What its value is.
    pub genre: GenreCritere,
    /// Which values are worth more.
    pub sens: SensCritere,
    /// Points at most.
    pub poids: i64,
    /// Value from which no more points are given (or left); 1 for a yes or no.
    pub maximum: i64,
}

/// A charter as it ranks: its first day and its criteria, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charte {
    /// First day in force.
    pub du: NaiveDate,
    /// The criteria.
    pub criteres: Vec<Critere>,
}

/// Why a charter cannot be applied; `rang` counts the criteria from zero.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CharteError {
    /// No criterion, or too many.
    #[error("une charte compte de un à {CRITERES_MAX} critères")]
    Nombre,
    /// A criterion without a name.
    #[error("donnez un nom à ce critère")]
    Libelle { rang: usize },
    /// Two criteria with one name.
    #[error("ce critère est déjà dans la charte")]
    Doublon { rang: usize },
    /// A weight that is not from 1 to 100.
    #[error("le poids est un nombre entier de 1 à {POIDS_TOTAL}")]
    Poids { rang: usize },
    /// A scale that has no values.
    #[error("la valeur maximale est un nombre entier de 1 à {VALEUR_MAX}")]
    Maximum { rang: usize },
    /// Weights that do not add up.
    #[error("les poids font {0} en tout : ils doivent faire {POIDS_TOTAL}")]
    Somme(i64),
}

/// Points, in hundredths.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Points(pub i64);

impl fmt::Display for Points {
    /// «12,5», «12», «0,05»; the comma is that of French.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (entier, centiemes) = (self.0 / 100, self.0 % 100);
        match centiemes {
            0 => write!(f, "{entier}"),
            c if c % 10 == 0 => write!(f, "{entier},{}", c / 10),
            c => write!(f, "{entier},{c:02}"),
        }
    }
}

/// Where the fact «charte» comes from when the CPAM applies one (REG-6).
pub const ORIGINE: &str = "charte de la caisse";

impl Critere {
    /// The points of a value: its share of the scale times the weight, rounded down to the hundredth. A value
    /// beyond the scale counts as its end.
    pub fn points(&self, valeur: i64) -> Points {
        let bornee = valeur.clamp(0, self.maximum);
        let part = match self.sens {
            SensCritere::Croissant => bornee,
            SensCritere::Decroissant => self.maximum - bornee,
        };
        Points(self.poids * 100 * part / self.maximum)
    }

    /// Whether a value can be one of this criterion.
    pub fn accepte(&self, valeur: i64) -> bool {
        match self.genre {
            GenreCritere::Nombre => (0..=VALEUR_MAX).contains(&valeur),
            GenreCritere::OuiNon | GenreCritere::Degre => (0..=self.maximum).contains(&valeur),
        }
    }
}

impl Charte {
    /// The criteria make a charter: named, distinct, with weights that add up to 100.
    ///
    /// # Errors
    /// The first defect, with the criterion at fault.
    pub fn verifier(&self) -> Result<(), CharteError> {
        if self.criteres.is_empty() || self.criteres.len() > CRITERES_MAX {
            return Err(CharteError::Nombre);
        }
        let mut noms = BTreeSet::new();
        for (rang, critere) in self.criteres.iter().enumerate() {
            if critere.libelle.trim().is_empty() {
                return Err(CharteError::Libelle { rang });
            }
            if !noms.insert(super::mots::fold(&critere.libelle)) {
                return Err(CharteError::Doublon { rang });
            }
            if !(1..=POIDS_TOTAL).contains(&critere.poids) {
                return Err(CharteError::Poids { rang });
            }
            let echelle = match critere.genre {
                GenreCritere::OuiNon => 1..=1,
                GenreCritere::Nombre | GenreCritere::Degre => 1..=VALEUR_MAX,
            };
            if !echelle.contains(&critere.maximum) {
                return Err(CharteError::Maximum { rang });
            }
        }
        match self.criteres.iter().map(|c| c.poids).sum() {
            POIDS_TOTAL => Ok(()),
            somme => Err(CharteError::Somme(somme)),
        }
    }

    fn citation(&self) -> Citation {
        Citation {
            regle: "REG-12".into(),
            source: format!("charte de la caisse du {}", dates_fr::longue(self.du)).into(),
            en_vigueur_depuis: self.du,
            statut: Statut::D,
        }
    }
}

/// Somebody to rank: the known values, by code of criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidat {
    /// Identifier of the application.
    pub id: i64,
    /// What is known; a criterion that is absent is unknown.
    pub valeurs: BTreeMap<String, i64>,
}

/// What the charter says of one candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Identifier of the application.
    pub candidat: i64,
    /// Rank from 1, shared by those who tie; none while a value is unknown.
    pub rang: Option<u32>,
    /// Whether somebody else has the same rank.
    pub ex_aequo: bool,
    /// The points; none while a value is unknown.
    pub points: Option<Points>,
    /// Points of each criterion, in the order of the charter.
    pub detail: Vec<Option<Points>>,
    /// Names of the criteria whose value is unknown.
    pub manquants: Vec<String>,
    /// The steps (EXP-1).
    pub explication: Explication,
}

/// The candidates in order: ranked first, then those of whom something is unknown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Classement {
    /// One note a candidate.
    pub notes: Vec<Note>,
}

impl Classement {
    /// Whether every value of every candidate is known: only then is the ranking final.
    pub fn est_complet(&self) -> bool {
        self.notes.iter().all(|n| n.points.is_some())
    }

    /// The note of a candidate.
    pub fn note(&self, candidat: i64) -> Option<&Note> {
        self.notes.iter().find(|n| n.candidat == candidat)
    }
}

/// Ranks candidates (REG-12). The answer does not depend on their order.
pub fn classer(charte: &Charte, candidats: &[Candidat]) -> Classement {
    let mut notes: Vec<Note> = candidats.iter().map(|c| noter(charte, c)).collect();
    // The unknown after every known score; the identifier only makes the order of ties repeatable.
    notes.sort_by_key(|n| (n.points.is_none(), std::cmp::Reverse(n.points), n.candidat));
    let points: Vec<Option<Points>> = notes.iter().map(|n| n.points).collect();
    for note in &mut notes {
        let Some(obtenus) = note.points else { continue };
        let devant = points.iter().flatten().filter(|p| **p > obtenus).count();
        note.rang = u32::try_from(devant + 1).ok();
        note.ex_aequo = points.iter().flatten().filter(|p| **p == obtenus).count() > 1;
    }
    Classement { notes }
}

fn noter(charte: &Charte, candidat: &Candidat) -> Note {
    let mut explication = Explication::nouvelle();
    let mut detail = Vec::with_capacity(charte.criteres.len());
    let mut manquants = Vec::new();
    for critere in &charte.criteres {
        let valeur = candidat.valeurs.get(&critere.code).copied();
        let points = valeur.map(|v| critere.points(v));
        if points.is_none() {
            manquants.push(critere.libelle.clone());
        }
        explication.ajouter(etape(charte, critere, valeur, points));
        detail.push(points);
    }
    let total = detail
        .iter()
        .try_fold(0, |somme, points| points.map(|p: Points| somme + p.0))
        .map(Points);
    Note {
        candidat: candidat.id,
        rang: None,
        ex_aequo: false,
        points: total,
        detail,
        manquants,
        explication,
    }
}

fn etape(
    charte: &Charte,
    critere: &Critere,
    valeur: Option<i64>,
    points: Option<Points>,
) -> super::regle::Etape {
    let echelle = match (critere.genre, critere.sens) {
        (GenreCritere::OuiNon, SensCritere::Croissant) => "oui".to_owned(),
        (GenreCritere::OuiNon, SensCritere::Decroissant) => "non".to_owned(),
        (_, SensCritere::Croissant) => format!("{} et plus", critere.maximum),
        (_, SensCritere::Decroissant) => "0".to_owned(),
    };
    let libelle = match points {
        Some(points) => format!("{} : {points} sur {}", critere.libelle, critere.poids),
        None => format!("{} : valeur inconnue", critere.libelle),
    };
    let valeur = match (critere.genre, valeur) {
        (GenreCritere::OuiNon, Some(v)) => json!(v == 1),
        (_, v) => json!(v),
    };
    charte.citation().etape(
        libelle,
        Constat::de(points.map(|p| p > Points(0))),
        critere.code.clone(),
        valeur,
        format!("{} points pour {echelle}", critere.poids),
    )
}
