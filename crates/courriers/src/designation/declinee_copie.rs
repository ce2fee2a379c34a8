//! REG-8: the successor declines.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the successor.
#[derive(Debug)]
pub struct DesignationDeclineeCopie<'a> {
    /// Who answers.
    pub successeur: &'a str,
    /// The leaver.
    pub cedant: &'a str,
    pub commune: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DesignationDeclineeCopie<'_> {
    fn lettre(&self) -> Lettre {
        let du_cedant = texte::de(self.cedant);
        Lettre::new(
            Modele::DesignationDeclineeCopie,
            format!("Vous déclinez la désignation {du_cedant}"),
        )
        .paragraphe(format!(
            "Vous avez décliné la désignation {du_cedant} à {}. Vous n’avez rien d’autre à faire.",
            self.commune
        ))
        .a(self.successeur)
        .contact(self.contact)
    }
}
