//! Another successor is designated.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To who was designated before.
#[derive(Debug)]
pub struct DesignationRemplacee<'a> {
    /// The leaver.
    pub cedant: &'a str,
    pub commune: &'a str,
    /// Day of the designation that counts no more.
    pub du: NaiveDate,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DesignationRemplacee<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::DesignationRemplacee,
            format!("La désignation faite à votre nom à {} n’a plus d’effet", self.commune),
        )
        .paragraphe(format!(
            "{} a désigné une autre personne pour lui succéder à {}. La désignation faite à votre nom le {} n’a plus d’effet.",
            self.cedant,
            self.commune,
            texte::date_fr(self.du)
        ))
        .paragraphe(
            "Si vous avez déposé une demande sur cette place, elle ne peut plus être accordée à ce titre. La caisse vous répondra ; vous pouvez la contacter.",
        )
        .contact(self.contact)
    }
}
