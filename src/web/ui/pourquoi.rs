//! «Pourquoi ?»: the conditions of a computed result, each with the fact, where it comes from, and the article
//! (EXP-1, EXP-2). Three values: holds, does not hold, unknown.

use askama::Template;

use super::{Icone, RegleVue, composant};
use crate::web::filters;

/// What was found of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constat {
    /// It holds.
    Rempli,
    /// It does not hold.
    NonRempli,
    /// A fact is missing to tell.
    Inconnu,
}

impl Constat {
    /// The word that goes with the colour.
    pub fn mot(self) -> &'static str {
        match self {
            Self::Rempli => "Rempli",
            Self::NonRempli => "Non rempli",
            Self::Inconnu => "Inconnu",
        }
    }

    /// The suffix of the CSS class.
    pub fn classe(self) -> &'static str {
        match self {
            Self::Rempli => "fait",
            Self::NonRempli => "neutre",
            Self::Inconnu => "a-faire",
        }
    }

    /// The icon of it.
    pub fn icone(self) -> Icone {
        match self {
            Self::Rempli => Icone::Coche,
            Self::NonRempli => Icone::Croix,
            Self::Inconnu => Icone::Question,
        }
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionVue {
    /// What was found.
    pub constat: Constat,
    /// «Au moins 1 200 actes dans les douze mois précédant la cessation».
    pub libelle: String,
    /// The fact found: «1 430 actes».
    pub fait: Option<String>,
    /// Where the fact comes from: «déclaré par Mme Martin, confirmé par la CPAM le 12 mars 2026».
    pub origine: Option<String>,
    /// The rule: the text that founds it, the page that says it.
    pub regle: RegleVue,
    /// Since when: «en vigueur depuis le 26 août 2023».
    pub depuis: String,
}

impl ConditionVue {
    /// A new one, with what it cannot do without.
    pub fn new(
        constat: Constat,
        libelle: impl Into<String>,
        regle: RegleVue,
        depuis: impl Into<String>,
    ) -> Self {
        Self {
            constat,
            libelle: libelle.into(),
            fait: None,
            origine: None,
            regle,
            depuis: depuis.into(),
        }
    }

    /// Adds the fact found.
    pub fn fait(mut self, fait: impl Into<String>) -> Self {
        self.fait = Some(fait.into());
        self
    }

    /// Adds where the fact comes from.
    pub fn origine(mut self, origine: impl Into<String>) -> Self {
        self.origine = Some(origine.into());
        self
    }
}

/// What is said before the conditions that carried nothing.
const AUTRES: &str = "Examiné aussi, sans porter ce résultat";

/// The disclosure: `{{ pourquoi }}`.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/pourquoi.html")]
pub struct PourquoiVue {
    /// The result explained, said to those who jump from disclosure to disclosure: «la place est ouverte».
    pub resultat: String,
    /// The conditions, in the order of the text.
    pub conditions: Vec<ConditionVue>,
    /// Those of the ways that were not taken, apart.
    pub autres: Vec<ConditionVue>,
    /// Under which rules: «Avenant 7, paramètres en vigueur au 10 janvier 2026».
    pub version: Option<String>,
    /// Shown open.
    pub ouvert: bool,
}

impl PourquoiVue {
    /// A new one, with what it cannot do without.
    pub fn new(resultat: impl Into<String>, conditions: Vec<ConditionVue>) -> Self {
        Self {
            resultat: resultat.into(),
            conditions,
            autres: Vec::new(),
            version: None,
            ouvert: false,
        }
    }

    /// Adds under which rules the result was computed.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// Adds the conditions of the ways that were not taken.
    pub fn autres(mut self, autres: Vec<ConditionVue>) -> Self {
        self.autres = autres;
        self
    }

    /// The conditions under their titles: those that carry the result have none.
    fn groupes(&self) -> Vec<(&'static str, &[ConditionVue])> {
        let mut groupes = vec![("", self.conditions.as_slice())];
        if !self.autres.is_empty() {
            groupes.push((AUTRES, self.autres.as_slice()));
        }
        groupes
    }

    /// Shown open.
    pub fn ouvert(mut self) -> Self {
        self.ouvert = true;
        self
    }
}

composant!(PourquoiVue);
