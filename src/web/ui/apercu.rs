//! A document shown in the page that lists it: a frame for a PDF, an image otherwise, and a link that opens it alone.

use askama::Template;

use super::composant;
use crate::web::filters;

/// What shows a document: `{{ apercu }}`. The page must let frames of ours in (`acces::avec_apercu`).
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/apercu.html")]
pub struct ApercuVue {
    /// Its name.
    pub nom: String,
    /// «Diplôme, PDF, 120 ko, reçu le 12 mars 2026».
    pub detail: String,
    /// Where it is read: `/pieces/7`.
    pub url: String,
    /// An image, not a PDF.
    pub image: bool,
}

composant!(ApercuVue);
