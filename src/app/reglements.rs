//! The parameters that every request reads: one set at a time, replaced whole when a value is approved.

use std::sync::{Arc, PoisonError, RwLock};

use regles::reglement::Reglement;

use crate::actions::{ActionResult, parametre};
use crate::db::Db;

/// The shipped parameters, and those of this installation. Reading takes a lock for the time of a pointer's copy.
#[derive(Clone)]
pub(super) struct Reglements {
    livre: Arc<Reglement>,
    actuel: Arc<RwLock<Arc<Reglement>>>,
}

impl Reglements {
    /// Reads the shipped values and those approved in the database.
    pub(super) fn open(db: &Db) -> ActionResult<Reglements> {
        let livre = Reglement::embarque()?;
        let actuel = db.read(|conn| parametre::en_vigueur(conn, &livre))?;
        Ok(Reglements {
            livre: Arc::new(livre),
            actuel: Arc::new(RwLock::new(Arc::new(actuel))),
        })
    }

    pub(super) fn livre(&self) -> Arc<Reglement> {
        self.livre.clone()
    }

    pub(super) fn actuel(&self) -> Arc<Reglement> {
        self.actuel
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn recharger(&self, db: &Db) -> ActionResult<bool> {
        let lu = db.read(|conn| parametre::en_vigueur(conn, &self.livre))?;
        let mut actuel = self.actuel.write().unwrap_or_else(PoisonError::into_inner);
        if **actuel == lu {
            return Ok(false);
        }
        *actuel = Arc::new(lu);
        Ok(true)
    }
}
