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
    /// Last day he had to install, or to meet the condition of his grant.
    pub limite: NaiveDate,
    /// REG-17: whether it is for want of the condition.
    pub sous_reserve: bool,
}

impl Courrier for PlaceRouverte<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::PlaceRouverte, "Votre place est de nouveau à pourvoir")
            .a(self.kine)
            .paragraphe(format!(
                "{} : la place ouverte par votre départ {} est de nouveau libre, et vous pouvez désigner une autre personne.",
                match self.sous_reserve {
                    true => format!(
                        "L’accord donné à {} l’était sous une condition, qui n’est pas remplie au {}",
                        self.successeur,
                        texte::date_longue(self.limite)
                    ),
                    false => format!(
                        "L’installation {} devait commencer au plus tard le {} (inclus) et n’a pas commencé",
                        texte::de(self.successeur),
                        texte::date_longue(self.limite)
                    ),
                },
                texte::de(self.commune)
            ))
            .contact(self.contact)
            .action("Voir ma cessation", "/espace")
    }
}
