//! What the page says to the person: messages, error summary, empty states, confirmations, the way to the next page.

use askama::Template;

use super::{Champ, Icone, composant};
use crate::texte::insecables;
use crate::web::filters;
use crate::web::page::Lien;

/// The tone of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ton {
    Succes,
    Information,
    Attention,
    Erreur,
}

impl Ton {
    pub fn classe(self) -> &'static str {
        match self {
            Self::Succes => "fait",
            Self::Information => "en-cours",
            Self::Attention => "a-faire",
            Self::Erreur => "retard",
        }
    }

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
    pub ton: Ton,
    pub texte: String,
    /// What to do next, when there is something.
    pub lien: Option<Lien>,
}

impl Message {
    pub fn new(ton: Ton, texte: impl Into<String>) -> Self {
        Self {
            ton,
            texte: texte.into(),
            lien: None,
        }
    }

    pub fn succes(texte: impl Into<String>) -> Self {
        Self::new(Ton::Succes, texte)
    }

    pub fn information(texte: impl Into<String>) -> Self {
        Self::new(Ton::Information, texte)
    }

    pub fn attention(texte: impl Into<String>) -> Self {
        Self::new(Ton::Attention, texte)
    }

    pub fn erreur(texte: impl Into<String>) -> Self {
        Self::new(Ton::Erreur, texte)
    }

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
    pub titre: String,
    pub texte: String,
    pub action: Option<Lien>,
}

impl Vide {
    pub fn new(titre: impl Into<String>, texte: impl Into<String>) -> Self {
        Self {
            titre: titre.into(),
            texte: texte.into(),
            action: None,
        }
    }

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
    pub consequences: Vec<String>,
    pub champs: Vec<Champ>,
    /// Where the form is posted.
    pub url: String,
    /// The act: «Retirer la déclaration».
    pub bouton: String,
    pub retour: Lien,
}

/// Keyset pagination: only the way forward, and back to the start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "ui/suite.html")]
pub struct Suite {
    pub debut: Option<String>,
    pub suivant: Option<String>,
    /// «Dossiers 26 à 50».
    pub position: String,
}

composant!(Message, Vide, Confirmation, Suite);
