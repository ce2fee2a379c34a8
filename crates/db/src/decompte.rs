//! REG-3: how the acts of a departure were counted, whether the count was communicated, contested and answered.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::depart::{Auteur, Communication, Decompte};

use super::schema::depart;
use super::{DbResult, WriteTx, une_ligne};

/// What is kept of a count besides its number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = depart, treat_none_as_null = true)]
pub struct DecompteStocke {
    /// First day of its period.
    pub actes_du: Option<NaiveDate>,
    /// Last day of its period.
    pub actes_au: Option<NaiveDate>,
    /// Who counted.
    pub actes_auteur: Option<Auteur>,
    /// Day of the extract.
    pub actes_extrait_le: Option<NaiveDate>,
    /// Day it was communicated to who leaves; none when it holds nothing against them.
    pub decompte_communique_le: Option<NaiveDate>,
    /// Day they contested it.
    pub contestation_le: Option<NaiveDate>,
    /// Their own number.
    pub contestation_actes: Option<i32>,
    /// Why.
    pub contestation_raisons: Option<String>,
    /// Day the caisse answered.
    pub contestation_reponse_le: Option<NaiveDate>,
    /// What it answered.
    pub contestation_reponse: Option<String>,
}

impl DecompteStocke {
    /// The count as the rules read it; none where its period, author or extract is not known.
    pub fn compte(&self, actes: Option<i32>) -> Option<Decompte> {
        Some(Decompte {
            actes: actes?.into(),
            periode: (self.actes_du?, self.actes_au?),
            auteur: self.actes_auteur?,
            extrait_le: self.actes_extrait_le?,
        })
    }

    /// What became of it.
    pub fn suivi(&self) -> Communication {
        Communication {
            communique_le: self.decompte_communique_le,
            conteste_le: self.contestation_le,
            repondu_le: self.contestation_reponse_le,
        }
    }

    /// Whether a contest waits for its answer.
    pub fn conteste(&self) -> bool {
        self.contestation_le.is_some() && self.contestation_reponse_le.is_none()
    }
}

/// Writes what is kept of the count of a departure.
///
/// # Errors
/// [`super::DbError::Perime`] when there is no such departure.
pub fn ecrire(tx: &mut WriteTx<'_>, id: i64, decompte: &DecompteStocke) -> DbResult<()> {
    une_ligne(
        diesel::update(depart::table.find(id))
            .set(decompte)
            .execute(&mut **tx)?,
    )
}
