//! A file field that keeps what it received: the documents of a draft, below it.

use askama::Template;

use super::{Champ, Icone, composant};

/// A document already received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceDeposee {
    /// Its number among the documents of drafts.
    pub id: i64,
    /// The field that it answers.
    pub champ: String,
    /// Its name.
    pub nom: String,
    /// «PDF, 120 ko».
    pub detail: String,
    /// An image, not a PDF.
    pub image: bool,
}

/// A file field with the documents already received for it: `{{ depot }}`, in the form of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/depot.html")]
pub struct DepotVue {
    /// The field.
    pub champ: Champ,
    /// What it received.
    pub pieces: Vec<PieceDeposee>,
    /// PRO-14: the box that keeps it for the praticien-conseil; none where its kind says so already.
    pub sante: Option<Champ>,
}

impl DepotVue {
    /// May be left empty.
    pub fn facultatif(mut self) -> Self {
        self.champ = self.champ.facultatif();
        self
    }

    /// With the box that keeps it for the praticien-conseil (PRO-14).
    pub fn sante(mut self, case: Champ) -> Self {
        self.sante = Some(case);
        self
    }

    /// To fill in one case only, said in the label.
    pub fn si(mut self, cas: &'static str) -> Self {
        self.champ = self.champ.si(cas);
        self
    }
}

composant!(DepotVue);
