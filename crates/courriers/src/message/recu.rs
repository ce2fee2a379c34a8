//! The CPAM wrote on a file.

use crate::{Courrier, Lettre, Modele};

/// To the practitioner.
#[derive(Debug)]
pub struct MessageRecu<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// The file, in words.
    pub objet: &'a str,
    /// Where the message is read.
    pub chemin: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for MessageRecu<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::MessageRecu,
            format!("{} : vous avez un message", self.objet),
        )
        .a(self.kine)
        .paragraphe("La caisse vous a écrit. Pour votre confidentialité, le message se lit dans votre espace.")
        .action("Lire le message", self.chemin)
        .contact(self.contact)
    }
}
