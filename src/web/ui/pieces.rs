//! The list of the documents of a file: what each shows, why, where it stands, what was received, what can be sent.

use askama::Template;

use super::{Champ, Icone, Pastille, composant};
use crate::web::filters;

/// A document received, in a line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentVue {
    /// Its name.
    pub nom: String,
    /// «PDF, 120 ko, reçu le 12 mars 2026».
    pub detail: String,
    /// Where to read it: beside the list when there is a preview; none for who may not.
    pub url: Option<String>,
    /// It is the one that the preview shows.
    pub montre: bool,
}

/// A file that may be sent from a line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvoiVue {
    /// «Envoyer cette pièce», «Remplacer cette pièce».
    pub resume: &'static str,
    /// Where it is posted.
    pub url: String,
    /// The token of the form, then its fields.
    pub champs: Vec<Champ>,
    /// Shown open.
    pub ouvert: bool,
}

/// One line: a kind of document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LignePieceVue {
    /// What it shows.
    pub titre: String,
    /// Where it stands.
    pub etat: Pastille,
    /// Why the case calls for it.
    pub raison: Option<String>,
    /// The rule and where it comes from.
    pub source: Option<String>,
    /// What is expected: which documents do, the precision that was asked for, by when.
    pub attendu: Vec<String>,
    /// Why the last one was refused, and what to do.
    pub refus: Option<(String, String)>,
    /// What counts, newest last.
    pub documents: Vec<DocumentVue>,
    /// What another document took the place of.
    pub remplaces: Vec<DocumentVue>,
    /// What may be sent.
    pub envoi: Option<EnvoiVue>,
}

/// The list: `{{ liste }}`, in a section that has a title of the second level.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "ui/pieces.html")]
pub struct ListePiecesVue {
    /// Its lines.
    pub lignes: Vec<LignePieceVue>,
}

composant!(ListePiecesVue);
