//! The practitioner wrote on a file.

use crate::{Courrier, Lettre, Modele};

/// To the handler, or to the team.
#[derive(Debug)]
pub struct MessageRecuAgent<'a> {
    /// The file, in words.
    pub objet: &'a str,
    /// Where the message is read.
    pub chemin: &'a str,
}

impl Courrier for MessageRecuAgent<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::MessageRecuAgent,
            format!("{} : un message à lire", self.objet),
        )
        .paragraphe("Le professionnel a écrit sur ce dossier. Le message se lit dans Relève.")
        .action("Lire le message", self.chemin)
    }
}
