//! The CPAM takes note of a change.

use crate::{Courrier, Lettre, Modele};

/// To the practitioner.
#[derive(Debug)]
pub struct ChangementPrisEnCompte<'a> {
    /// Whom it greets.
    pub kine: &'a str,
}

impl Courrier for ChangementPrisEnCompte<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::ChangementPrisEnCompte,
            "La caisse a pris acte de votre changement",
        )
        .a(self.kine)
        .paragraphe("La caisse a pris acte du changement que vous avez annoncé. Vous n’avez rien d’autre à faire.")
        .action("Voir mes changements", "/changements/miens")
    }
}
