//! ZON-4 to ZON-6: the category of a commune at a date, from what the arrêtés of its region say of it.

use chrono::NaiveDate;

use super::Categorie;
use crate::arrete::fin_de_validite;
use crate::echeance::Delai;
use crate::reglement::{Reglement, ReglementError};

/// What an arrêté says of a commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dit {
    /// First day in force.
    pub effet: NaiveDate,
    /// First day no longer in force; none while nothing replaces it.
    pub fin: Option<NaiveDate>,
    /// Category of the line of the commune, if it has one of its own.
    pub ligne: Option<Categorie>,
    /// Category of its bassin.
    pub bassin: Option<Categorie>,
    /// Whether the lines of its bassin differ.
    pub mixte: bool,
}

/// The category of a commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Classee {
    /// Which of the arrêtés says it.
    pub rang: usize,
    /// The category.
    pub categorie: Categorie,
    /// ZON-5: since when the arrêté is past its validity; it applies until replaced.
    pub echu_depuis: Option<NaiveDate>,
    /// The bassin has several categories: that of the line of the commune is retained.
    pub mixte: bool,
}

/// Why there is no category: what is missing, never a guess.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NonClassee {
    /// No arrêté of the region is in force.
    #[error("aucun arrêté n’est en vigueur")]
    SansArrete,
    /// ZON-5, with `zonage.apres_echeance = sans_reponse`.
    #[error("l’arrêté n’est plus valide")]
    Echu {
        /// Which of the arrêtés.
        rang: usize,
        /// First day without validity.
        depuis: NaiveDate,
    },
    /// The arrêté in force says nothing of the bassin.
    #[error("l’arrêté ne classe pas le bassin")]
    BassinNonClasse {
        /// Which of the arrêtés.
        rang: usize,
    },
    /// The arrêté mixes categories in the bassin and has no line for the commune.
    #[error("l’arrêté donne plusieurs catégories au bassin, et aucune à la commune")]
    Mixte {
        /// Which of the arrêtés.
        rang: usize,
    },
    /// A parameter is missing at the date.
    #[error(transparent)]
    Reglement(#[from] ReglementError),
}

/// ZON-6: the category at a date is that of the bassin in the arrêté in force; where the arrêté gives the commune a line of
/// its own, that line answers. Past its validity an arrêté still applies until replaced, unless the parameter says otherwise
/// (ZON-4, ZON-5).
///
/// # Errors
/// [`NonClassee`], naming what is missing.
pub fn categorie(
    reglement: &Reglement,
    dits: &[Dit],
    date: NaiveDate,
) -> Result<Classee, NonClassee> {
    let (rang, dit) = dits
        .iter()
        .enumerate()
        .find(|(_, dit)| dit.effet <= date && dit.fin.is_none_or(|fin| fin > date))
        .ok_or(NonClassee::SansArrete)?;
    let validite = Delai::Annees(reglement.nombre("zonage.duree_validite", date)?);
    let echu_depuis = fin_de_validite(dit.effet, validite).filter(|fin| *fin <= date);
    if let Some(depuis) = echu_depuis
        && reglement.texte("zonage.apres_echeance", date)? != "maintenu"
    {
        return Err(NonClassee::Echu { rang, depuis });
    }
    let categorie = match (dit.ligne, dit.bassin) {
        (Some(categorie), _) => categorie,
        (None, Some(_)) if dit.mixte => return Err(NonClassee::Mixte { rang }),
        (None, Some(categorie)) => categorie,
        (None, None) => return Err(NonClassee::BassinNonClasse { rang }),
    };
    Ok(Classee {
        rang,
        categorie,
        echu_depuis,
        mixte: dit.mixte,
    })
}
