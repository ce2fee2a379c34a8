//! PRO-13: the hearing of an applicant by the commission.

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::representation::{self, Audition};

use super::schema::audition;
use super::{DbResult, WriteTx, une_ligne};

/// As it is stored beside a request, one row a case: none while nobody wanted a hearing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = audition, treat_none_as_null = true)]
pub struct AuditionStockee {
    /// Day on which the applicant asked for it; none for what the commission wants by itself.
    pub demandee_le: Option<NaiveDate>,
    /// By whom she will be assisted.
    pub assistance: Option<String>,
    /// The day that was set, with the two that follow.
    pub le: Option<NaiveDate>,
    /// The hour, where the caisse is.
    pub heure: Option<String>,
    /// An address, or a link.
    pub lieu: Option<String>,
    /// Whether the person was heard, once the opinion says so.
    pub entendue: Option<bool>,
    /// Why not.
    pub raison: Option<String>,
}

impl AuditionStockee {
    /// What it is worth: who asked is heard.
    pub fn due(connue: Option<&AuditionStockee>) -> Audition {
        representation::audition(
            connue.is_some_and(|a| a.demandee_le.is_some()),
            connue.is_some(),
        )
    }
}

/// Writes it as it stands now, in the place of what was `connue` of it.
///
/// # Errors
/// [`super::DbError::Perime`] when it is no longer there.
pub fn ecrire(
    tx: &mut WriteTx<'_>,
    dossier_id: i64,
    connue: Option<&AuditionStockee>,
    audition: &AuditionStockee,
) -> DbResult<()> {
    une_ligne(match connue {
        None => diesel::insert_into(audition::table)
            .values((audition::dossier_id.eq(dossier_id), audition))
            .execute(&mut **tx)?,
        Some(_) => diesel::update(audition::table.find(dossier_id))
            .set(audition)
            .execute(&mut **tx)?,
    })
}
