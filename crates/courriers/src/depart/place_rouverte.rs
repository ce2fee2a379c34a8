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
                "L’installation {} devait commencer au plus tard le {} (inclus) et n’a pas commencé : la place ouverte par votre départ {} est de \
                 nouveau libre, et vous pouvez désigner une autre personne.",
                texte::de(self.successeur),
                texte::date_longue(self.limite),
                texte::de(self.commune)
            ))
            .contact(self.contact)
            .action("Voir ma cessation", "/espace")
    }
}
