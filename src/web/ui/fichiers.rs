//! The documents of a file: name, type and size, where it stands, what can be done.

use askama::Template;

use super::{Icone, Pastille, composant};
use crate::web::filters;

/// One document, expected or received: `{{ fichier }}` draws a list item, to be written inside `<ul class="fichiers">`.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/fichier.html")]
pub struct FichierVue {
    /// What the document is: «Justificatif de cessation».
    pub libelle: String,
    /// Where it stands.
    pub etat: Pastille,
    /// The file received: its name, its size in bytes, its type in words («PDF»).
    pub recu: Option<(String, u64, String)>,
    /// Where to read it.
    pub url: Option<String>,
    /// «déposé le 12 mars 2026 par Mme Martin», or why it was refused.
    pub mention: Option<String>,
}

impl FichierVue {
    /// A new one, with what it cannot do without.
    pub fn new(libelle: impl Into<String>, etat: Pastille) -> Self {
        Self {
            libelle: libelle.into(),
            etat,
            recu: None,
            url: None,
            mention: None,
        }
    }

    /// The file received: its name, its size in bytes, its type in words, where to read it.
    pub fn recu(
        mut self,
        nom: impl Into<String>,
        octets: u64,
        nature: impl Into<String>,
        url: impl Into<String>,
    ) -> Self {
        self.recu = Some((nom.into(), octets, nature.into()));
        self.url = Some(url.into());
        self
    }

    /// Adds who and when, or why not.
    pub fn mention(mut self, mention: impl Into<String>) -> Self {
        self.mention = Some(mention.into());
        self
    }
}

composant!(FichierVue);
