//! One step of a form that is kept as a draft: its fields in parts, its documents, what will be sent, its buttons.

use askama::Template;

use super::formulaire::{Champs, Fait};
use crate::db::brouillon::Formulaire;
use crate::web::brouillon::chemin;
use crate::web::filters;
use crate::web::page::{Lien, Page};
use crate::web::ui::{Champ, DepotVue, Message};

/// The page of a step.
#[derive(Template)]
#[template(path = "kit/etape.html")]
pub struct Etape {
    /// Its title, its errors.
    pub page: Page,
    /// Where it is posted.
    pub url: String,
    /// What its draft is kept as.
    pub brouillon: &'static str,
    /// Said before the form.
    pub messages: Vec<Message>,
    /// What it carries, hidden.
    pub caches: Vec<Champ>,
    /// What will be sent, to read again, under its title.
    pub faits: Option<(&'static str, Vec<Fait>)>,
    /// The fields, part by part, under a title or none.
    pub parties: Vec<(&'static str, Champs)>,
    /// The documents, and what is said before them.
    pub depots: (&'static str, Vec<DepotVue>),
    /// The documents that are kept already, by their names.
    pub jointes: Vec<String>,
    /// What happens once it is sent.
    pub suite: Option<String>,
    /// The button that goes on: what it asks for, its words.
    pub bouton: (&'static str, &'static str),
    /// The button that comes back to the fields.
    pub modifier: Option<&'static str>,
    /// The way out.
    pub retour: Option<Lien>,
    /// When its draft was kept.
    pub etat: String,
}

impl Etape {
    /// A step that asks for the check of what it holds. The words of its button.
    pub fn new(formulaire: Formulaire, page: Page, bouton: &'static str) -> Etape {
        Etape {
            page,
            url: chemin(formulaire).unwrap_or_default().to_owned(),
            brouillon: formulaire.as_str(),
            messages: Vec::new(),
            caches: Vec::new(),
            faits: None,
            parties: Vec::new(),
            depots: ("", Vec::new()),
            jointes: Vec::new(),
            suite: None,
            bouton: ("verifier", bouton),
            modifier: None,
            retour: None,
            etat: String::new(),
        }
    }

    fn a_remplir(&self) -> bool {
        !self.parties.is_empty()
    }
}
