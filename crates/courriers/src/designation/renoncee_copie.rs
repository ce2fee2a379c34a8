//! REG-8: the successor gives up.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the successor.
#[derive(Debug)]
pub struct DesignationRenonceeCopie<'a> {
    /// Who answers.
    pub successeur: &'a str,
    /// The leaver.
    pub cedant: &'a str,
    pub commune: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DesignationRenonceeCopie<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::DesignationRenonceeCopie,
            format!("Vous renoncez à succéder à {}", self.cedant),
        )
        .a(self.successeur)
        .paragraphe(format!(
            "Vous avez renoncé à la désignation {} à {}. Vous n’avez rien d’autre à faire.",
            texte::de(self.cedant),
            self.commune
        ))
        .contact(self.contact)
    }
}
