//! What may be declared of a departure: bounds that tell a real date or count from a slip of the keyboard.

use chrono::NaiveDate;

use super::dates_fr;
use super::echeance::{Delai, en_arriere, fin_brute};
use super::reglement::{Reglement, ReglementError};

text_enum! {
    /// In what capacity.
    pub enum Qualite {
        /// Heir of a leaver who died.
        Heritier = "heritier", "Ayant droit du professionnel décédé";
        /// Represents a leaver who is incapacitated.
        Representant = "representant", "Représentant du professionnel empêché";
    }
}

text_enum! {
    /// Where a departure stands.
    pub enum EtatDepart {
        /// Declared by the practitioner; the CPAM has not confirmed it.
        Declaree = "declaree", "Déclarée";
        /// Confirmed: it opened a place, or not.
        Confirmee = "confirmee", "Confirmée";
        /// Rejected by the CPAM, with a reason.
        Rejetee = "rejetee", "Rejetée";
        /// Withdrawn by the practitioner.
        Retiree = "retiree", "Retirée";
    }
}

impl EtatDepart {
    /// Whether somebody may still have to act.
    pub fn en_cours(self) -> bool {
        matches!(self, EtatDepart::Declaree | EtatDepart::Confirmee)
    }
}

/// Why a declaration cannot be right: the field, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeclarationError {
    /// The date lies further ahead than a departure is announced.
    #[error("La date de cessation ne peut pas dépasser le {} : un départ se déclare au plus {delai} à l’avance.", dates_fr::longue(*.limite))]
    TropTard {
        /// Last day accepted.
        limite: NaiveDate,
        /// How long ahead, in words.
        delai: String,
    },
    /// The date lies so far back that it is a slip, or no longer of use.
    #[error("La date de cessation ne peut pas être antérieure au {} : un départ se déclare au plus {delai} après. Vérifiez l’année.", dates_fr::longue(*.limite))]
    TropTot {
        /// First day accepted.
        limite: NaiveDate,
        /// How long after, in words.
        delai: String,
    },
    /// No practitioner bills that many acts.
    #[error(
        "{actes} actes en douze mois ne sont pas vraisemblables : le nombre attendu est compris entre 0 et {max}."
    )]
    Actes {
        /// What was typed.
        actes: i64,
        /// Largest count accepted.
        max: i64,
    },
    /// The parameters do not say.
    #[error(transparent)]
    Reglement(#[from] ReglementError),
}

impl DeclarationError {
    /// The field at fault.
    pub fn champ(&self) -> &'static str {
        match self {
            DeclarationError::Actes { .. } => "actes",
            _ => "date_cessation",
        }
    }
}

/// Whether a departure may be declared on `jour`. A cessation before the registration here is
/// legitimate; one out of the bounds of the parameters is a mistake to point out.
///
/// # Errors
/// [`DeclarationError`].
pub fn verifier(
    reglement: &Reglement,
    jour: NaiveDate,
    cessation: NaiveDate,
    actes: Option<i64>,
) -> Result<(), DeclarationError> {
    let avance = Delai::Mois(reglement.nombre("cessation.anticipation_max", jour)?);
    let recul = Delai::Annees(reglement.nombre("cessation.anciennete_max", jour)?);
    if let Some(limite) = fin_brute(jour, avance).filter(|l| cessation > *l) {
        return Err(DeclarationError::TropTard {
            limite,
            delai: avance.to_string(),
        });
    }
    if let Some(limite) = en_arriere(jour, recul).filter(|l| cessation < *l) {
        return Err(DeclarationError::TropTot {
            limite,
            delai: recul.to_string(),
        });
    }
    let max = reglement.entier("cessation.actes_max", jour)?;
    match actes {
        Some(actes) if !(0..=max).contains(&actes) => Err(DeclarationError::Actes { actes, max }),
        _ => Ok(()),
    }
}
