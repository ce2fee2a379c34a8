//! REG-4: the commission gave its opinion on a place.

use regles::texte;

use super::Suite;
use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PlaceAvis<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// The opinion, in words.
    pub avis: &'a str,
    pub suite: Suite<'a>,
}

impl Courrier for PlaceAvis<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::PlaceAvis,
            "La commission s’est prononcée sur votre départ",
        )
        .a(self.kine)
        .paragraphe(format!(
            "La commission paritaire a rendu un avis {} sur votre départ {}.",
            self.avis,
            texte::de(self.commune)
        ))
        .paragraphe(self.suite.phrase())
        .action("Voir ma cessation", "/espace")
        .contact(self.contact)
    }
}
