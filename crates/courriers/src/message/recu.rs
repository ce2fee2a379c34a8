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
    /// PRO-13: the message itself, for somebody who has no space to read it in.
    pub imprime: Option<&'a str>,
}

impl Courrier for MessageRecu<'_> {
    fn lettre(&self) -> Lettre {
        let lettre = Lettre::new(
            Modele::MessageRecu,
            format!("{} : vous avez un message", self.objet),
        )
        .a(self.kine)
        .contact(self.contact);
        match self.imprime {
            Some(texte) => lettre.paragraphe(texte),
            None => lettre
                .paragraphe("La caisse vous a écrit. Pour votre confidentialité, le message se lit dans votre espace.")
                .action("Lire le message", self.chemin),
        }
    }
}
