//! ZON-7: what an ARS moved from the national classification, by category: how much, within which limit, compensated or not.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Categorie;
use crate::reglement::{Reglement, ReglementError};

/// A bassin, under the national method and as the arrêté retains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Classement {
    /// Inhabitants.
    pub population: i64,
    /// Category by the national method.
    pub nationale: Categorie,
    /// Category of the arrêté.
    pub retenue: Categorie,
}

/// The inhabitants that a category gained and lost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mouvement {
    /// Moved into it.
    pub entres: i64,
    /// Moved out of it.
    pub sortis: i64,
}

impl Mouvement {
    /// Whether what came in is compensated by what went out, or the other way round: a category that only gains or only
    /// loses is not. How far the two differ is [`Mouvement::net`], which nothing bounds.
    pub fn compense(self) -> bool {
        (self.entres > 0) == (self.sortis > 0)
    }

    /// Inhabitants gained, less those lost.
    pub fn net(self) -> i64 {
        self.entres - self.sortis
    }

    /// Whether more came in than the share of the region's population that may move (`zonage.ajustement_max`).
    ///
    /// # Errors
    /// No parameter in force that day.
    pub fn depasse(
        self,
        reglement: &Reglement,
        jour: NaiveDate,
        population: i64,
    ) -> Result<bool, ReglementError> {
        let limite = i128::from(reglement.entier("zonage.ajustement_max", jour)?);
        Ok(i128::from(self.entres) * 1_000 > i128::from(population) * limite)
    }
}

/// What moved, by category; those that nothing entered or left are absent.
pub fn mouvements(bassins: &[Classement]) -> BTreeMap<Categorie, Mouvement> {
    let mut par_categorie: BTreeMap<Categorie, Mouvement> = BTreeMap::new();
    for bassin in bassins.iter().filter(|b| b.nationale != b.retenue) {
        par_categorie.entry(bassin.retenue).or_default().entres += bassin.population;
        par_categorie.entry(bassin.nationale).or_default().sortis += bassin.population;
    }
    par_categorie
}
