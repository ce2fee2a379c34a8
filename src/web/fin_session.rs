//! When a session ends, said on every page: in time to have it last longer.

use chrono::{NaiveDateTime, TimeDelta};
use regles::texte::heure_dite;

use super::acces::INACTIVITE_HEURES;
use crate::actions::compte::connexion::{DUREE_HEURES, DUREE_MAX_HEURES};
use crate::db::session::Identite;

/// A page shown this close to the end says so, with or without JavaScript.
const PROCHE_MINUTES: i64 = 30;

/// When the session of whoever reads the page ends, if nothing more is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FinSession {
    /// Its end, in UTC.
    pub le: NaiveDateTime,
    /// Seconds left when the page was made.
    pub secondes: i64,
    /// Soon enough to be shown at once.
    pub proche: bool,
    /// Whether it may last longer: not past [`DUREE_MAX_HEURES`] after the login.
    pub prolongeable: bool,
}

/// The instant when the session ends: too long without activity, or too long since the login.
pub fn fin(qui: &Identite) -> NaiveDateTime {
    qui.expire_le
        .min(qui.vue_le + TimeDelta::hours(INACTIVITE_HEURES))
}

impl FinSession {
    /// «22 h 30, heure de Paris».
    pub fn heure(&self) -> String {
        heure_dite(self.le)
    }

    /// That of a session, at an instant.
    pub fn de(qui: &Identite, maintenant: NaiveDateTime) -> FinSession {
        let le = fin(qui);
        let reste = le - maintenant;
        let apres = (maintenant + TimeDelta::hours(DUREE_HEURES))
            .min(qui.cree_le + TimeDelta::hours(DUREE_MAX_HEURES));
        FinSession {
            le,
            secondes: reste.num_seconds().max(0),
            proche: reste <= TimeDelta::minutes(PROCHE_MINUTES),
            prolongeable: apres > le,
        }
    }
}
