//! States: a colour, an icon and a word, never a colour alone; and the status line at the top of a file.

use askama::Template;

use super::{Icone, composant};
use crate::web::filters;

/// The four states, and «neutral» for what is closed or does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Etat {
    /// Somebody has to act.
    AFaire,
    /// It follows its course.
    EnCours,
    /// It ended well.
    Fait,
    /// It is late, or it failed.
    Retard,
    /// It is closed, or does not apply.
    Neutre,
}

impl Etat {
    /// The suffix of the CSS class.
    pub fn classe(self) -> &'static str {
        match self {
            Self::AFaire => "a-faire",
            Self::EnCours => "en-cours",
            Self::Fait => "fait",
            Self::Retard => "retard",
            Self::Neutre => "neutre",
        }
    }

    /// The icon of it.
    pub fn icone(self) -> Icone {
        match self {
            Self::AFaire => Icone::Cercle,
            Self::EnCours => Icone::DemiCercle,
            Self::Fait => Icone::Coche,
            Self::Retard => Icone::Alerte,
            Self::Neutre => Icone::Tiret,
        }
    }
}

/// A status pill: `{{ pastille }}`.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/pastille.html")]
pub struct Pastille {
    /// The colour and the icon.
    pub etat: Etat,
    /// The word of the state: «À compléter», «Accordée».
    pub mot: String,
}

impl Pastille {
    /// A new one, with what it cannot do without.
    pub fn new(etat: Etat, mot: impl Into<String>) -> Self {
        Self {
            etat,
            mot: mot.into(),
        }
    }
}

/// The status line at the top of a file: one sentence that a stranger understands, then whose turn it is,
/// the next deadline, who holds the file.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/bandeau.html")]
pub struct Bandeau {
    /// The state.
    pub pastille: Pastille,
    /// «En attente de deux pièces de Mme Martin, avant le 12 mars 2026 (dans 9 jours).»
    pub phrase: String,
    /// What else is worth a glance: («Qui doit agir», «Mme Martin»), («Suivi par», «Paul Roux»).
    pub details: Vec<(String, String)>,
}

impl Bandeau {
    /// A new one, with what it cannot do without.
    pub fn new(pastille: Pastille, phrase: impl Into<String>) -> Self {
        Self {
            pastille,
            phrase: phrase.into(),
            details: Vec::new(),
        }
    }

    /// Adds a detail: a label and its value.
    pub fn detail(mut self, libelle: impl Into<String>, valeur: impl Into<String>) -> Self {
        self.details.push((libelle.into(), valeur.into()));
        self
    }
}

composant!(Pastille, Bandeau);
