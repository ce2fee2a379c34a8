//! What the page says to the person: messages, error summary, empty states, confirmations, the way to the next page.

use askama::Template;
use regles::texte::insecables;

use super::{Champ, Icone, composant};
use crate::web::filters;
use crate::web::page::Lien;

/// The tone of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ton {
    /// What was asked is done.
    Succes,
    /// Something to know.
    Information,
    /// Something to watch.
    Attention,
    /// Something failed.
    Erreur,
}

impl Ton {
    /// The suffix of the CSS class.
    pub fn classe(self) -> &'static str {
        match self {
            Self::Succes => "fait",
            Self::Information => "en-cours",
            Self::Attention => "a-faire",
            Self::Erreur => "retard",
        }
    }

    /// The icon of it.
    pub fn icone(self) -> Icone {
        match self {
            Self::Succes => Icone::Coche,
            Self::Information => Icone::Information,
            Self::Attention | Self::Erreur => Icone::Alerte,
        }
    }

    /// Said before the message to those who do not see the icon.
    pub fn mot(self) -> &'static str {
        match self {
            Self::Succes => "Fait",
            Self::Information => "Information",
            Self::Attention => "Attention",
            Self::Erreur => "Erreur",
        }
    }
}

/// A message: after an act (flash), or inside a page.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/message.html")]
pub struct Message {
    /// The tone.
    pub ton: Ton,
    /// The sentence.
    pub texte: String,
    /// What to do next, when there is something.
    pub lien: Option<Lien>,
}

impl Message {
    /// A new one, with what it cannot do without.
    pub fn new(ton: Ton, texte: impl Into<String>) -> Self {
        Self {
            ton,
            texte: texte.into(),
            lien: None,
        }
    }

    /// What was asked is done.
    pub fn succes(texte: impl Into<String>) -> Self {
        Self::new(Ton::Succes, texte)
    }

    /// Something to know.
    pub fn information(texte: impl Into<String>) -> Self {
        Self::new(Ton::Information, texte)
    }

    /// Something to watch.
    pub fn attention(texte: impl Into<String>) -> Self {
        Self::new(Ton::Attention, texte)
    }

    /// Something failed.
    pub fn erreur(texte: impl Into<String>) -> Self {
        Self::new(Ton::Erreur, texte)
    }

    /// Adds where to go next.
    pub fn lien(mut self, libelle: impl Into<String>, url: impl Into<String>) -> Self {
        self.lien = Some(Lien::new(libelle, url));
        self
    }
}

/// One line of the error summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErreurResume {
    /// Id of the control the link goes to; none when the error belongs to no field.
    pub cible: Option<String>,
    /// The sentence.
    pub texte: String,
}

impl ErreurResume {
    /// An error that belongs to no field.
    pub fn generale(texte: impl Into<String>) -> Self {
        Self {
            cible: None,
            texte: insecables(&texte.into()),
        }
    }

    /// The error of a field, by the id of its control.
    pub fn vers(cible: impl Into<String>, texte: impl Into<String>) -> Self {
        Self {
            cible: Some(cible.into()),
            texte: insecables(&texte.into()),
        }
    }
}

/// An empty list: why it is empty, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/vide.html")]
pub struct Vide {
    /// Why the list is empty.
    pub titre: String,
    /// The sentence.
    pub texte: String,
    /// What to do.
    pub action: Option<Lien>,
}

impl Vide {
    /// A new one, with what it cannot do without.
    pub fn new(titre: impl Into<String>, texte: impl Into<String>) -> Self {
        Self {
            titre: titre.into(),
            texte: texte.into(),
            action: None,
        }
    }

    /// Adds what to do.
    pub fn action(mut self, libelle: impl Into<String>, url: impl Into<String>) -> Self {
        self.action = Some(Lien::new(libelle, url));
        self
    }
}

/// The block of a destructive act: the object, the consequences, the act by its name, the way back.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/confirmation.html")]
pub struct Confirmation {
    /// «Retirer la déclaration de cessation de Mme Martin ?»
    pub titre: String,
    /// What will happen, one sentence each.
    pub consequences: Vec<String>,
    /// Fields to fill before the act.
    pub champs: Vec<Champ>,
    /// Where the form is posted.
    pub url: String,
    /// The act: «Retirer la déclaration».
    pub bouton: String,
    /// Whether it cannot be undone.
    pub danger: bool,
    /// What sends back to the form with what was typed, where there is one: «Corriger».
    pub corriger: Option<&'static str>,
    /// The way back, by its name.
    pub retour: Lien,
}

/// Keyset pagination: only the way forward, and back to the start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "ui/suite.html")]
pub struct Suite {
    /// Address of the first page, when this is not it.
    pub debut: Option<String>,
    /// Address of the next page, if any.
    pub suivant: Option<String>,
    /// «Dossiers 26 à 50».
    pub position: String,
}

composant!(Message, Vide, Confirmation, Suite);
