//! REG-19: the leaver cancelled the departure.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To who was designated.
#[derive(Debug)]
pub struct DesignationAnnulee<'a> {
    /// The leaver.
    pub cedant: &'a str,
    pub commune: &'a str,
    /// Day of the designation that counts no more.
    pub du: NaiveDate,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DesignationAnnulee<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::DesignationAnnulee,
            format!("Le départ {} est annulé", texte::de(self.commune)),
        )
        .paragraphe(format!(
            "{} a annulé son départ {} : il n’ouvre plus de place, et la désignation faite à votre nom le {} n’a plus d’effet.",
            self.cedant,
            texte::de(self.commune),
            texte::date_fr(self.du)
        ))
        .paragraphe(
            "Si vous avez déposé une demande sur cette place, elle ne peut plus être accordée à ce titre : vous pouvez la retirer. La caisse peut vous renseigner.",
        )
        .contact(self.contact)
    }
}
