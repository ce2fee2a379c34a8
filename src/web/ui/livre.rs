//! The ledger of a zone (REG-14): departures on the left, arrivals on the right, linked place by place.

use askama::Template;

use super::{Icone, Pastille, composant};
use crate::web::filters;

/// One side of a line: who, what, when, and the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoteVue {
    /// «Mme Hélène Martin».
    pub nom: String,
    /// «cessation le 15 janvier 2026, 1 430 actes».
    pub detail: String,
    /// The file; none when the reader may not open it.
    pub url: Option<String>,
}

impl CoteVue {
    /// A new one, with what it cannot do without.
    pub fn new(nom: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            nom: nom.into(),
            detail: detail.into(),
            url: None,
        }
    }

    /// Where the name leads.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }
}

/// How the two sides are linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// Filled: the arrival is there.
    Plein,
    /// Reserved or designated: the arrival is expected.
    Pointille,
    /// Open, lapsed, to examine: nothing on the other side.
    Aucun,
}

impl Trait {
    /// The suffix of the CSS class.
    pub fn classe(self) -> &'static str {
        match self {
            Self::Plein => "plein",
            Self::Pointille => "pointille",
            Self::Aucun => "aucun",
        }
    }
}

/// One place: its departure, its state, its arrival if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LigneLivre {
    /// The departure that opens the place.
    pub depart: CoteVue,
    /// The state of the place.
    pub place: Pastille,
    /// How the two sides are linked.
    pub lien: Trait,
    /// The arrival, if any.
    pub arrivee: Option<CoteVue>,
    /// What is written where the arrival would be: «À pourvoir avant le 17 janvier 2028».
    pub attente: String,
}

/// The ledger: `{{ livre }}`.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/livre.html")]
pub struct LivreVue {
    /// The places, by date of departure.
    pub lignes: Vec<LigneLivre>,
    /// Arrivals by derogation, which never debit a place.
    pub derogations: Vec<CoteVue>,
    /// Eligible departures: what the balance must add up to.
    pub departs: i64,
    /// («ouverte», «ouvertes», count), for each state a place can have.
    pub bilan: Vec<(String, String, i64)>,
}

impl LivreVue {
    /// REG-14: open + reserved + filled + lapsed = eligible departures.
    pub fn equilibre(&self) -> bool {
        self.bilan.iter().map(|(_, _, compte)| compte).sum::<i64>() == self.departs
    }
}

composant!(LivreVue);
