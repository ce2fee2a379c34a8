//! REG-8: the successor gives up, said to who designated.

use chrono::NaiveDate;
use regles::texte;

use super::{Designant, autre_personne};
use crate::{Courrier, Lettre, Modele};

/// To who designated.
#[derive(Debug)]
pub struct DesignationRenoncee<'a> {
    pub designant: Designant<'a>,
    /// Who answers.
    pub successeur: &'a str,
    pub commune: &'a str,
    /// Last day to designate.
    pub limite: Option<NaiveDate>,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DesignationRenoncee<'_> {
    fn lettre(&self) -> Lettre {
        let (nom, d) = (self.successeur, self.designant);
        let lettre = Lettre::new(
            Modele::DesignationRenoncee,
            format!("{nom} renonce à {} à {}", d.succeder(), self.commune),
        )
        .paragraphe(format!(
            "{nom} avait accepté votre désignation et y renonce. {} n’est pas perdue : elle est de nouveau à transmettre.",
            texte::majuscule_initiale(&d.place())
        ))
        .paragraphe(autre_personne(self.limite));
        d.adresser(lettre, "Désigner une autre personne")
            .contact(self.contact)
    }
}
