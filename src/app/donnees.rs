//! How old the reference data is: read at the start, then at short intervals, so that no page asks for it.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;

use crate::clock::jour_a_paris;
use crate::db::{Db, DbResult, evenement};

/// The day of the last import of caisses, communes or zones; none when nothing was imported.
#[derive(Clone, Default)]
pub(super) struct DateDesDonnees(Arc<RwLock<Option<NaiveDate>>>);

impl DateDesDonnees {
    /// Reads it in the database.
    pub(super) fn open(db: &Db) -> DbResult<DateDesDonnees> {
        let date = DateDesDonnees::default();
        date.relire(db)?;
        Ok(date)
    }

    pub(super) fn lire(&self) -> Option<NaiveDate> {
        *self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn relire(&self, db: &Db) -> DbResult<()> {
        let lue = db.read(evenement::dernier_import)?.map(jour_a_paris);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = lue;
        Ok(())
    }
}
