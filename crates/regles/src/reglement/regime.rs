//! CTR-13: the values of a regime of contracts, which in a region may run on after avenant 7 took effect.

use chrono::{Days, NaiveDate};

use super::{Reglement, ReglementError};
use crate::contrat::Regime;
use crate::dates_fr;
use crate::parametre::Parametre;

impl Reglement {
    /// First day of effect of avenant 7 (`avenant7.effet`).
    ///
    /// # Errors
    /// It is not given, or is not a date.
    pub fn effet_avenant7(&self) -> Result<NaiveDate, ReglementError> {
        let parametre = self.derniere("avenant7.effet")?;
        dates_fr::lire_iso(parametre.texte()?)
            .map_err(|_| ReglementError::Type(parametre.cle.clone()))
    }

    /// The value of a key under a regime: the one in force on `date`, but no later than the eve of avenant 7 under
    /// avenant 5, and no earlier than its first day under avenant 7. On an unknown date, the latest such value where
    /// all agree, `None` where they do not.
    ///
    /// # Errors
    /// `HorsPeriode` when none is in force on `date`, `CleInconnue`.
    pub fn du_regime(
        &self,
        cle: &str,
        regime: Regime,
        date: Option<NaiveDate>,
    ) -> Result<Option<&Parametre>, ReglementError> {
        let effet = self.effet_avenant7()?;
        let veille = effet.checked_sub_days(Days::new(1)).unwrap_or(effet);
        if let Some(date) = date {
            // Before the first value, no regime has one.
            self.parametre(cle, date)?;
            let jour = match regime {
                Regime::Avenant5 => date.min(veille),
                Regime::Avenant7 => date.max(effet),
            };
            return self.parametre(cle, jour).map(Some);
        }
        let siennes = || {
            self.historique(cle).iter().filter(|p| match regime {
                Regime::Avenant5 => p.du <= veille,
                Regime::Avenant7 => p.au.is_none_or(|au| au >= effet),
            })
        };
        let derniere = siennes()
            .next_back()
            .ok_or_else(|| ReglementError::CleInconnue(cle.to_owned()))?;
        Ok(Some(derniere).filter(|d| siennes().all(|p| p.valeur == d.valeur)))
    }
}
