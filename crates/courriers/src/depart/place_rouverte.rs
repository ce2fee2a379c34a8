//! The successor did not come: the place may be designated again.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PlaceRouverte<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// Who was to succeed.
    pub successeur: &'a str,
    /// Last day he had to install.
    pub limite: NaiveDate,
}

impl Courrier for PlaceRouverte<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::PlaceRouverte, "Votre place est de nouveau à pourvoir")
            .a(self.kine)
            .paragraphe(format!(
                "{} devait s’installer avant le {} inclus et ne l’a pas fait : la place ouverte par votre départ {} est de \
                 nouveau libre, et vous pouvez désigner un autre successeur.",
                self.successeur,
                texte::date_fr(self.limite),
                texte::de(self.commune)
            ))
            .contact(self.contact)
            .action("Voir ma cessation", "/espace")
    }
}
