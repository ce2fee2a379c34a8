//! The orders of the queue, and the place of a row in each: what an index of the trunk can walk, and nothing else.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime};

use super::LigneFile;

/// How the instant of a filing is written in an address, to the microsecond that the databases keep.
const INSTANT: &str = "%Y-%m-%dT%H:%M:%S%.6f";

/// What the rows follow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Par {
    /// What falls due first.
    #[default]
    Echeance,
    /// When the case was filed.
    Depot,
}

/// An order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tri {
    /// What it follows.
    pub par: Par,
    /// From the latest to the earliest.
    pub decroissant: bool,
}

/// Where a row stands in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rang {
    /// By the day on which it falls due.
    Echeance(NaiveDate),
    /// By the instant of its filing, in UTC.
    Depot(NaiveDateTime),
}

/// The place of a row in a list: its rank, then its identifier.
pub type Place = (Rang, i64);

impl Rang {
    /// The day on which the row falls due; nothing of another order.
    pub fn echeance(self) -> Option<NaiveDate> {
        match self {
            Rang::Echeance(jour) => Some(jour),
            Rang::Depot(_) => None,
        }
    }

    /// The instant of its filing; nothing of another order.
    pub fn depot(self) -> Option<NaiveDateTime> {
        match self {
            Rang::Depot(instant) => Some(instant),
            Rang::Echeance(_) => None,
        }
    }
}

impl fmt::Display for Rang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rang::Echeance(jour) => jour.fmt(f),
            Rang::Depot(instant) => instant.format(INSTANT).fmt(f),
        }
    }
}

impl Tri {
    /// The rank of a row in this order.
    pub fn rang(self, ligne: &LigneFile) -> Rang {
        match self.par {
            Par::Echeance => Rang::Echeance(ligne.prochaine_echeance),
            Par::Depot => Rang::Depot(ligne.deposee_le),
        }
    }

    /// Reads a rank of this order, as an address writes it.
    pub fn lire_rang(self, dit: &str) -> Option<Rang> {
        match self.par {
            Par::Echeance => regles::dates_fr::lire_iso(dit).ok().map(Rang::Echeance),
            Par::Depot => match NaiveDateTime::parse_from_str(dit, INSTANT) {
                Ok(instant) => Some(Rang::Depot(instant)),
                Err(_) => None,
            },
        }
    }
}
