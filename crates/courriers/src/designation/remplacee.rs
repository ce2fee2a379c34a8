//! REG-8: a designation has no effect any more, because who designated changed their mind.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To who was designated: whether somebody else is, or nobody, is not theirs to know.
#[derive(Debug)]
pub struct DesignationRemplacee<'a> {
    /// Who designated: the leaver, or who is entitled in their place.
    pub par: &'a str,
    pub commune: &'a str,
    /// Day on which it stopped counting.
    pub depuis: NaiveDate,
    /// The request that was filed on the place, by its number.
    pub demande: Option<&'a str>,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DesignationRemplacee<'_> {
    fn lettre(&self) -> Lettre {
        let lettre = Lettre::new(
            Modele::DesignationRemplacee,
            format!("La désignation faite à votre nom à {} n’a plus d’effet", self.commune),
        )
        .paragraphe(format!(
            "La désignation faite à votre nom par {}, pour une place à {}, n’a plus d’effet depuis le {}.",
            self.par,
            self.commune,
            texte::date_fr(self.depuis)
        ));
        match self.demande {
            Some(numero) => lettre.paragraphe(format!(
                "Votre demande {numero} ne peut plus être accordée à ce titre ; nous vous écrirons pour vous dire ce qui reste possible."
            )),
            None => lettre.paragraphe("Vous n’avez rien à faire. La caisse peut vous renseigner."),
        }
        .contact(self.contact)
    }
}
