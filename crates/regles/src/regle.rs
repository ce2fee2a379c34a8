//! What a rule answers: a result and the steps that led to it (EXP-1, EXP-2).

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Status of a rule in the rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Statut {
    /// Stated by the source documents.
    S,
    /// Stated by another public reference.
    E,
    /// General French law.
    L,
    /// The sources are silent: a parameter of ours.
    D,
    /// A rule of the product, or a consequence of the others.
    P,
}

impl Statut {
    /// What a screen says of it, in French.
    pub fn libelle(self) -> &'static str {
        match self {
            Statut::S => "texte source",
            Statut::E => "autre référence publique",
            Statut::L => "loi générale",
            Statut::D => "paramètre national",
            Statut::P => "règle du service",
        }
    }

    /// The letter of the rulebook.
    pub fn as_str(self) -> &'static str {
        match self {
            Statut::S => "S",
            Statut::E => "E",
            Statut::L => "L",
            Statut::D => "D",
            Statut::P => "P",
        }
    }
}

/// Whether a condition holds. An unknown fact is never taken as false (EXP-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Constat {
    /// It holds.
    Rempli,
    /// It does not.
    NonRempli,
    /// The fact is unknown.
    Inconnu,
}

impl Constat {
    /// The finding for a known boolean, `Inconnu` for `None`.
    pub fn de(condition: Option<bool>) -> Self {
        match condition {
            Some(true) => Constat::Rempli,
            Some(false) => Constat::NonRempli,
            None => Constat::Inconnu,
        }
    }

    /// What a screen or a letter says of it, in French.
    pub fn libelle(self) -> &'static str {
        match self {
            Constat::Rempli => "condition remplie",
            Constat::NonRempli => "condition non remplie",
            Constat::Inconnu => "fait inconnu",
        }
    }
}

/// Where a rule comes from: its identifier, source, date of effect and status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Identifier in the rulebook, such as `REG-3`.
    pub regle: Cow<'static, str>,
    /// Never empty; for a [D], the key of the parameter.
    pub source: Cow<'static, str>,
    /// First day of effect of the rule, or of the parameter value it uses.
    pub en_vigueur_depuis: NaiveDate,
    /// Status in the rulebook.
    pub statut: Statut,
}

impl Citation {
    /// A citation of fixed text (law, or a rule of the product).
    pub const fn fixe(
        regle: &'static str,
        source: &'static str,
        depuis: NaiveDate,
        statut: Statut,
    ) -> Self {
        Citation {
            regle: Cow::Borrowed(regle),
            source: Cow::Borrowed(source),
            en_vigueur_depuis: depuis,
            statut,
        }
    }

    /// The step of an explanation that applies this citation.
    pub fn etape(
        self,
        libelle: impl Into<Cow<'static, str>>,
        constat: Constat,
        fait: impl Into<Cow<'static, str>>,
        valeur: Value,
        attendu: impl Into<Cow<'static, str>>,
    ) -> Etape {
        Etape {
            regle: self.regle,
            libelle: libelle.into(),
            constat,
            fait: fait.into(),
            valeur,
            attendu: attendu.into(),
            source: self.source,
            en_vigueur_depuis: self.en_vigueur_depuis,
            statut: self.statut,
            origine: None,
        }
    }
}

/// One condition examined: what was compared with what, under which article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Etape {
    /// Identifier of the rule.
    pub regle: Cow<'static, str>,
    /// The condition, in French.
    pub libelle: Cow<'static, str>,
    /// Whether it holds.
    pub constat: Constat,
    /// Name of the fact, as in the evaluation contract.
    pub fait: Cow<'static, str>,
    /// The value of the fact; null when unknown.
    pub valeur: Value,
    /// What it was compared with.
    pub attendu: Cow<'static, str>,
    /// Source of the rule, or key of the parameter.
    pub source: Cow<'static, str>,
    /// First day of effect.
    pub en_vigueur_depuis: NaiveDate,
    /// Status in the rulebook.
    pub statut: Statut,
    /// Where the fact comes from (a declaration, a document…), when the caller knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origine: Option<String>,
}

/// The steps of an evaluation, in the order of the text. Stored as JSON with a decision (EXP-2).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Explication(pub Vec<Etape>);

impl Explication {
    /// An explanation to fill, with room for the steps of the longest rule.
    pub fn nouvelle() -> Self {
        Explication(Vec::with_capacity(16))
    }

    /// Adds a step at the end.
    pub fn ajouter(&mut self, etape: Etape) {
        self.0.push(etape);
    }

    /// Adds the steps of another explanation at the end.
    pub fn suivre(&mut self, autre: &Explication) {
        self.0.extend(autre.0.iter().cloned());
    }

    /// The steps, in the order in which they were examined.
    pub fn etapes(&self) -> &[Etape] {
        &self.0
    }

    /// Writes where a fact comes from on every step that uses it.
    pub fn situer(&mut self, fait: &str, origine: &str) {
        for etape in self.0.iter_mut().filter(|e| e.fait == fait) {
            etape.origine = Some(origine.to_owned());
        }
    }

    /// Steps whose condition does not hold: the reasons of a refusal.
    pub fn non_remplies(&self) -> impl Iterator<Item = &Etape> {
        self.0.iter().filter(|e| e.constat == Constat::NonRempli)
    }

    /// Steps that rest on a [D], shown with their [`Etape::portee`].
    pub fn parametres(&self) -> impl Iterator<Item = &Etape> {
        self.0.iter().filter(|e| e.statut == Statut::D)
    }
}

impl Etape {
    /// What a [D] is a parameter of: its key is in the national catalogue, and its fact was not set by the CPAM; none
    /// where the source states the rule.
    pub fn portee(&self) -> Option<&'static str> {
        if self.statut != Statut::D {
            return None;
        }
        let du_catalogue = super::catalogue::cle(&self.source).is_some();
        let de_la_caisse = self.origine.as_deref() == Some(super::charte::ORIGINE);
        Some(if du_catalogue && !de_la_caisse {
            "paramètre national"
        } else {
            "paramètre local"
        })
    }
}

impl Etape {
    /// REG-18: whether the value of its fact is certified by another caisse, and read by no one else. It stays in the trace,
    /// from which the answer is computed again.
    pub fn certifiee(&self) -> bool {
        self.origine.as_deref() == Some(super::partage::CERTIFIE)
    }
}

/// The step that says that the answer depends on an unknown date.
pub fn date_inconnue(citation: Citation) -> Etape {
    citation.etape(
        "La règle applicable dépend de la date de l’évaluation",
        Constat::Inconnu,
        "date",
        Value::Null,
        "une date",
    )
}

/// What went wrong in a rule, other than an unknown fact.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegleError {
    /// A fact is impossible; `champ` names it as in the evaluation contract.
    #[error("{message}")]
    Fait {
        /// Name of the fact.
        champ: String,
        /// Why it is impossible, in French.
        message: String,
    },
    /// A parameter is missing.
    #[error(transparent)]
    Reglement(#[from] crate::reglement::ReglementError),
}

impl RegleError {
    /// An impossible fact.
    pub fn fait(champ: impl Into<String>, message: impl Into<String>) -> Self {
        RegleError::Fait {
            champ: champ.into(),
            message: message.into(),
        }
    }

    /// The fact at fault, `date` when no parameter is in force.
    pub fn champ(&self) -> &str {
        match self {
            RegleError::Fait { champ, .. } => champ,
            RegleError::Reglement(_) => "date",
        }
    }
}
