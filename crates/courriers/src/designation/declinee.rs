//! REG-8: the successor declines, said to who designated.

use chrono::NaiveDate;
use regles::texte;

use super::{Designant, autre_personne};
use crate::{Courrier, Lettre, Modele};

/// To who designated.
#[derive(Debug)]
pub struct DesignationDeclinee<'a> {
    pub designant: Designant<'a>,
    /// Who answers.
    pub successeur: &'a str,
    pub commune: &'a str,
    /// Last day to designate.
    pub limite: Option<NaiveDate>,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DesignationDeclinee<'_> {
    fn lettre(&self) -> Lettre {
        let (nom, d) = (self.successeur, self.designant);
        let lettre = Lettre::new(
            Modele::DesignationDeclinee,
            format!("{nom} décline votre désignation à {}", self.commune),
        )
        .paragraphe(format!(
            "{nom} a décliné votre désignation. {} reste à transmettre.",
            texte::majuscule_initiale(&d.place())
        ))
        .paragraphe(autre_personne(self.limite));
        d.adresser(lettre, "Voir mon départ").contact(self.contact)
    }
}
