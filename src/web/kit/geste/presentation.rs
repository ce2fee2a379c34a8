//! What the page of an act says and asks.

use super::apercu::LirePdf;
use crate::web::ecrits::LettreVue;
use crate::web::kit::formulaire::Champs;
use crate::web::phrases::Inserer;
use crate::web::ui::{FichierVue, Message, Pastille, PourquoiVue};

/// What the page of an act says and asks.
#[derive(Debug, Clone)]
pub struct Presentation {
    pub(super) titre: String,
    pub(super) avertissement: Option<Message>,
    pub(super) alertes: Vec<Message>,
    pub(super) intro: Vec<String>,
    pub(super) evaluation: Option<(Pastille, PourquoiVue)>,
    pub(super) fichiers: Vec<FichierVue>,
    pub(super) phrases: Option<Inserer>,
    /// The letter that the act signs, and where it is read as it would be printed.
    pub(super) lettre: Option<(LettreVue, LirePdf)>,
    /// The words of the button that shows it, where it is not written yet.
    pub(super) apercu: Option<&'static str>,
    pub(super) champs: Champs,
    pub(super) bouton: &'static str,
    pub(super) danger: bool,
}

impl Presentation {
    /// An act by its name, with the words of its button.
    pub fn new(titre: impl Into<String>, bouton: &'static str, champs: Champs) -> Presentation {
        Presentation {
            titre: titre.into(),
            avertissement: None,
            alertes: Vec::new(),
            intro: Vec::new(),
            evaluation: None,
            fichiers: Vec::new(),
            phrases: None,
            lettre: None,
            apercu: None,
            champs,
            bouton,
            danger: false,
        }
    }

    /// Says the act by another name.
    pub fn titre(mut self, titre: impl Into<String>) -> Presentation {
        self.titre = titre.into();
        self
    }

    /// Puts other words on the button.
    pub fn bouton(mut self, bouton: &'static str) -> Presentation {
        self.bouton = bouton;
        self
    }

    /// Says first what somebody else has said of it.
    pub fn avertir(mut self, message: Message) -> Presentation {
        self.avertissement = Some(message);
        self
    }

    /// Warns of what the act would pass over: it is said, nothing is kept.
    pub fn alerter(mut self, phrase: impl Into<String>) -> Presentation {
        self.alertes.push(Message::attention(phrase));
        self
    }

    /// Adds a sentence before the fields: what it does.
    pub fn intro(mut self, phrase: impl Into<String>) -> Presentation {
        self.intro.push(phrase.into());
        self
    }

    /// Draws these fields.
    pub fn champs(mut self, champs: Champs) -> Presentation {
        self.champs = champs;
        self
    }

    /// Shows what the rules say.
    pub fn evaluation(mut self, resultat: Pastille, pourquoi: PourquoiVue) -> Presentation {
        self.evaluation = Some((resultat, pourquoi));
        self
    }

    /// Proposes the sentences of the caisse for one of its fields.
    pub fn phrases(mut self, phrases: Inserer) -> Presentation {
        self.phrases = Some(phrases);
        self
    }

    /// Shows the letter that the act signs, and where it is read as it would be printed.
    pub fn lettre(mut self, lettre: LettreVue, pdf: String) -> Presentation {
        self.lettre = Some((lettre, LirePdf::Lien(pdf)));
        self
    }

    /// Shows documents to look at.
    pub fn fichiers(mut self, fichiers: Vec<FichierVue>) -> Presentation {
        self.fichiers = fichiers;
        self
    }
}
