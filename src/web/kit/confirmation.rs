//! The page that asks before something that cannot be undone: what, on whom, what follows, one button, the way back.

use actix_web::http::StatusCode;
use askama::Template;

use super::erreurs::Erreurs;
use super::formulaire::Champs;
use crate::web::page::{Lien, Page};
use crate::web::ui::{Champ, Confirmation};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "kit/confirmation.html")]
struct ConfirmationPage {
    page: Page,
    confirmation: Confirmation,
}

/// What is asked: «Retirer la demande 131-2026-000042 ?»
#[derive(Debug, Clone)]
pub struct Question {
    confirmation: Confirmation,
    erreurs: Erreurs,
}

impl Question {
    /// A question; `url` is where the answer is posted, `bouton` names the act.
    pub fn new(titre: impl AsRef<str>, url: impl Into<String>, bouton: &str) -> Question {
        let confirmation = Confirmation {
            titre: titre.as_ref().to_owned(),
            consequences: Vec::new(),
            champs: Vec::new(),
            url: url.into(),
            bouton: bouton.to_owned(),
            danger: true,
            corriger: None,
            retour: Lien::new("", ""),
        };
        Question {
            confirmation,
            erreurs: Erreurs::default(),
        }
    }

    /// Says that the act can be undone, and lets what was typed be corrected first: the form gets it back, with `_corriger`.
    pub fn relire(mut self, corriger: &'static str) -> Question {
        self.confirmation.danger = false;
        self.confirmation.corriger = Some(corriger);
        self
    }

    /// Adds one thing that follows, in a sentence.
    pub fn suite(mut self, phrase: impl Into<String>) -> Question {
        self.confirmation.consequences.push(phrase.into());
        self
    }

    /// Adds several.
    pub fn suites(mut self, phrases: Vec<String>) -> Question {
        self.confirmation.consequences.extend(phrases);
        self
    }

    /// Adds a field, shown or hidden.
    pub fn champ(mut self, champ: Champ) -> Question {
        self.confirmation.champs.push(champ);
        self
    }

    /// Adds the fields of a form, and what is wrong with what was typed.
    pub fn champs(mut self, champs: &Champs, erreurs: &Erreurs) -> Question {
        self.confirmation.champs.extend(champs.iter().cloned());
        self.erreurs = erreurs.clone();
        self
    }

    /// The way back, by its name: «Garder ma demande».
    pub fn retour(mut self, libelle: impl Into<String>, url: impl Into<String>) -> Question {
        self.confirmation.retour = Lien::new(libelle, url);
        self
    }

    /// Answers with the page; 422 when something is to be corrected.
    pub fn poser(self, visite: &Visite, page: Page) -> Reponse {
        let Question {
            mut confirmation,
            erreurs,
        } = self;
        let page = Champs::from(confirmation.champs.clone()).resumer(page, &erreurs);
        confirmation.champs.insert(0, page.csrf());
        let statut = match erreurs.presentes() {
            true => StatusCode::UNPROCESSABLE_ENTITY,
            false => StatusCode::OK,
        };
        visite.rendre_avec(&ConfirmationPage { page, confirmation }, statut)
    }
}
