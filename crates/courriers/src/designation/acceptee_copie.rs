//! REG-8: the successor accepts.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the successor.
#[derive(Debug)]
pub struct DesignationAccepteeCopie<'a> {
    /// Who answers.
    pub successeur: &'a str,
    /// The leaver.
    pub cedant: &'a str,
    pub commune: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The designation.
    pub designation_id: i64,
}

impl Courrier for DesignationAccepteeCopie<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::DesignationAccepteeCopie,
            format!("Vous acceptez de succéder à {}", self.cedant),
        )
        .paragraphe(format!(
            "Vous avez accepté la désignation {} à {}.",
            texte::de(self.cedant),
            self.commune
        ))
        .paragraphe("Déposez maintenant votre demande de conventionnement : c’est sur elle que la caisse décide.")
        .action(
            "Déposer ma demande",
            format!("/demandes/nouvelle?nature=succession&designation={}", self.designation_id),
        )
        .a(self.successeur)
        .contact(self.contact)
    }
}
