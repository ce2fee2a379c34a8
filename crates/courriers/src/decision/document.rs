//! The text that is notified: composed once, the day it is signed, then frozen. What the page shows and what is printed is
//! this text; it never prints a day that depends on its own notification.

use chrono::NaiveDate;
use regles::echeance::Delai;
use regles::texte::{self, insecables};
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
    /// CSS R122-3: for whom, when it is not in their own name.
    pub delegation: Option<Delegation<'a>>,
    /// CRPA L212-2: reference of the homologation of the online service, where no hand signs.
    pub homologation: Option<&'a str>,
}

/// For whom a decision is signed (CSS R122-3).
#[derive(Debug, Clone, Copy)]
pub struct Delegation<'a> {
    /// In what capacity the delegation was given, with its article: «la directrice».
    pub de: &'a str,
    /// Day of the act that gives it.
    pub acte_du: NaiveDate,
}

impl Delegation<'_> {
    /// What is printed under the name of who signs: «Par délégation du directeur, acte du 5 janvier 2026.»
    pub fn phrase(&self) -> String {
        let de = match self.de.strip_prefix("le ") {
            Some(reste) => format!("du {reste}"),
            None => texte::de(self.de),
        };
        format!(
            "Par délégation {de}, acte du {}.",
            texte::date_longue(self.acte_du)
        )
    }
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
    /// «Par délégation de la directrice, acte du 5 janvier 2026.»; empty when nobody delegates.
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
            delegation: self.delegation.map_or_else(String::new, |d| d.phrase()),
        }
    }

    /// CRPA L212-2: why no hand signs; none where one does.
    pub(crate) fn dispense(&self) -> Option<String> {
        self.homologation.map(|reference| {
            format!(
                "Déposée dans votre espace du téléservice Relève ({}), cette décision se passe de signature manuscrite (code des \
                 relations entre le public et l’administration, article L212-2 ; homologation {reference}).",
                self.caisse
            )
        })
    }
}

/// What is written without the parts of a letter: what the page shows, and the caisse prints from it.
impl Document {
    pub(crate) fn new(objet: &str) -> Document {
        Document {
            objet: insecables(objet),
            blocs: Vec::new(),
            signature: None,
            papier: None,
        }
    }

    pub(crate) fn titre(mut self, texte: &str) -> Document {
        self.blocs.push(Bloc::Titre(insecables(texte)));
        self
    }

    pub(crate) fn fort(mut self, texte: &str) -> Document {
        self.blocs.push(Bloc::Fort(insecables(texte)));
        self
    }

    pub(crate) fn paragraphe(mut self, texte: &str) -> Document {
        self.blocs.push(Bloc::Paragraphe(insecables(texte)));
        self
    }

    pub(crate) fn mention(mut self, texte: &str) -> Document {
        self.blocs.push(Bloc::Mention(insecables(texte)));
        self
    }

    pub(crate) fn signe(mut self, signature: &Signature<'_>) -> Document {
        self.signature = Some(signature.ecrite());
        match signature.dispense() {
            Some(dispense) => self.mention(&dispense),
            None => self,
        }
    }
}

impl Signe {
    /// «Le 27 novembre 2026. Sophie Girard, directrice adjointe, CPAM des Bouches-du-Rhône. Par délégation…»: on one line.
    pub fn ligne(&self) -> String {
        let delegation = match self.delegation.as_str() {
            "" => String::new(),
            delegation => format!(" {delegation}"),
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
