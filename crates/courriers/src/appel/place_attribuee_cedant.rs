//! REG-12: a place is attributed, said to the leaver.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PlaceAttribueeCedant<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// The winner.
    pub gagnant: &'a str,
}

impl Courrier for PlaceAttribueeCedant<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::PlaceAttribueeCedant, "Votre place est attribuée")
            .a(self.kine)
            .paragraphe(format!(
                "La caisse a attribué à {} la place ouverte par votre départ {}.",
                self.gagnant,
                texte::de(self.commune)
            ))
            .paragraphe("Vous n’avez rien à faire.")
            .contact(self.contact)
    }
}
