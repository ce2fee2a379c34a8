//! A rule as its reader sees it: the text that founds it, as a link to the page that says it (EXP-4).

use askama::Template;
use regles::enonce::{self, Enonce, EnoncesIllisibles};

use super::composant;
use crate::web::filters;

/// `{{ regle }}`
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "ui/regle.html")]
pub struct RegleVue {
    /// «convention nationale des masseurs-kinésithérapeutes, article 1.2».
    pub fondement: String,
    /// What the rule says; none: it has no page.
    pub enonce: Option<&'static Enonce>,
}

impl RegleVue {
    /// Of a rule of the rulebook, founded by this text.
    ///
    /// # Errors
    /// The sentences of the rules do not read.
    pub fn new(regle: &str, fondement: impl Into<String>) -> Result<Self, EnoncesIllisibles> {
        Ok(Self {
            fondement: fondement.into(),
            enonce: enonce::de(regle)?,
        })
    }
}

composant!(RegleVue);
