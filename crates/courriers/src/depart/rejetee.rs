//! The CPAM does not retain a declaration of cessation.

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct DepartRejetee<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    pub motif: &'a str,
}

impl Courrier for DepartRejetee<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::DepartRejetee,
            "Votre déclaration de cessation n’est pas retenue",
        )
        .a(self.kine)
        .paragraphe("Nous n’avons pas retenu votre déclaration de cessation d’activité.")
        .point("Motif", self.motif)
        .paragraphe("Vous pouvez en déposer une nouvelle, complétée ou corrigée, à tout moment.")
        .action("Voir ma déclaration", "/espace")
        .contact(self.contact)
    }
}
