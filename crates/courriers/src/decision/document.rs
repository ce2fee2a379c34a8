//! The text that is notified: composed once, the day it is signed, then frozen. What the page shows and what is printed is
//! this text; it never prints a day that depends on its own notification.

use chrono::NaiveDate;
use regles::echeance::Delai;
use regles::texte;
use serde::{Deserialize, Serialize};

use crate::ecrit::Papier;

/// One part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "bloc", content = "texte", rename_all = "snake_case")]
pub enum Bloc {
    /// A heading.
    Titre(String),
    /// The answer, or what must not be missed.
    Fort(String),
    /// A paragraph.
    Paragraphe(String),
    /// In small type: texts of reference, how it was prepared.
    Mention(String),
}

impl Bloc {
    /// Its words.
    pub fn texte(&self) -> &str {
        match self {
            Bloc::Titre(t) | Bloc::Fort(t) | Bloc::Paragraphe(t) | Bloc::Mention(t) => t,
        }
    }
}

/// What a document says, in order, who signs it, and what surrounds it on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What it is about: its title.
    pub objet: String,
    /// Its parts.
    pub blocs: Vec<Bloc>,
    /// Who signs; none on what nobody signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signe>,
    /// What surrounds the text; none on what was frozen before documents were printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub papier: Option<Papier>,
}

/// Whom to ask for the computation, and how long one then has to go to the CADA.
#[derive(Debug, Clone, Copy)]
pub struct Recherche<'a> {
    /// An e-mail address, or the name of the caisse.
    pub ecrire_a: &'a str,
    /// `cada.delai_saisine`.
    pub cada: Delai,
}

/// Who signs (CRPA L212-1), and when.
#[derive(Debug)]
pub struct Signature<'a> {
    /// First name and name.
    pub nom: &'a str,
    /// Capacity.
    pub qualite: &'a str,
    /// The caisse.
    pub caisse: &'a str,
    /// Day of the decision.
    pub le: NaiveDate,
    /// CSS R122-3: by whose delegation, when it is by one.
    pub delegation: Option<Delegation<'a>>,
}

/// By whose delegation somebody signs.
#[derive(Debug, Clone, Copy)]
pub struct Delegation<'a> {
    /// Capacity of who delegates.
    pub de: &'a str,
    /// Day of the act.
    pub acte_du: NaiveDate,
}

/// A signature, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signe {
    /// First name and name.
    pub nom: String,
    /// Capacity.
    pub qualite: String,
    /// The caisse.
    pub caisse: String,
    /// Day of the decision.
    pub le: NaiveDate,
    /// «Par délégation de la directrice, acte du 5 janvier 2026»; empty when nobody delegates.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub delegation: String,
}

impl Signature<'_> {
    pub(crate) fn ecrite(&self) -> Signe {
        Signe {
            nom: self.nom.to_owned(),
            qualite: self.qualite.to_owned(),
            caisse: self.caisse.to_owned(),
            le: self.le,
            delegation: self.delegation.map_or_else(String::new, |d| {
                format!(
                    "Par délégation de {}, acte du {}",
                    d.de,
                    texte::date_fr(d.acte_du)
                )
            }),
        }
    }
}

impl Signe {
    /// «Le 27 novembre 2026. Sophie Girard, directrice adjointe, CPAM des Bouches-du-Rhône. Par délégation…»: on one line.
    pub fn ligne(&self) -> String {
        let delegation = match self.delegation.as_str() {
            "" => String::new(),
            delegation => format!(" {delegation}."),
        };
        format!(
            "Le {}. {}, {}, {}.{delegation}",
            texte::date_longue(self.le),
            self.nom,
            self.qualite,
            self.caisse
        )
    }
}
