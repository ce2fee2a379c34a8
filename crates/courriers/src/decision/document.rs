//! The text that is notified: composed once, the day it is signed, then frozen. What the page shows and what is printed is
//! this text; it never prints a day that depends on its own notification.

use chrono::NaiveDate;
use regles::echeance::Delai;
use regles::texte::{self, insecables};
use serde::{Deserialize, Serialize};

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

/// What a decision says, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What it is about: its title.
    pub objet: String,
    /// Its parts.
    pub blocs: Vec<Bloc>,
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
    /// For whom, when it is not in their own name.
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

impl Document {
    /// Begins a document.
    pub(crate) fn new(objet: &str) -> Document {
        Document {
            objet: insecables(objet),
            blocs: Vec::new(),
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

    /// CRPA L311-3-1: that a computed result was used, and how to ask for it.
    pub(crate) fn calcul(self, Recherche { ecrire_a, cada }: Recherche<'_>) -> Document {
        self.titre("Comment cette décision a été préparée").mention(&format!(
            "Pour préparer cette décision, le service s’est aidé d’un calcul automatisé, qui compare les faits de votre \
             dossier aux règles de la convention et calcule les délais. La décision a été prise par la personne qui la \
             signe. Vous pouvez demander les règles de ce calcul et la façon dont elles ont été appliquées à votre dossier : \
             écrivez à {ecrire_a}. Sans réponse un mois après que nous avons reçu votre demande, vous avez {cada} pour \
             saisir la Commission d’accès aux documents administratifs (cada.fr)."
        ))
    }

    pub(crate) fn signe(self, signature: &Signature<'_>) -> Document {
        let document = self.paragraphe(&format!(
            "Le {}. {}, {}, {}.",
            texte::date_longue(signature.le),
            signature.nom,
            signature.qualite,
            signature.caisse
        ));
        let document = match signature.delegation {
            Some(delegation) => document.paragraphe(&delegation.phrase()),
            None => document,
        };
        match signature.homologation {
            Some(reference) => document.mention(&format!(
                "Déposée dans votre espace du téléservice Relève ({}), cette décision se passe de signature manuscrite (code des \
                 relations entre le public et l’administration, article L212-2 ; homologation {reference}).",
                signature.caisse
            )),
            None => document,
        }
    }
}
