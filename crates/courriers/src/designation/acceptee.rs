//! REG-8: the successor accepts, said to who designated.

use chrono::NaiveDate;

use super::{Designant, autre_personne};
use crate::{Courrier, Lettre, Modele};

/// To who designated.
#[derive(Debug)]
pub struct DesignationAcceptee<'a> {
    pub designant: Designant<'a>,
    /// Who answers.
    pub successeur: &'a str,
    pub commune: &'a str,
    /// Last day to designate somebody else.
    pub limite: Option<NaiveDate>,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DesignationAcceptee<'_> {
    fn lettre(&self) -> Lettre {
        let (nom, d) = (self.successeur, self.designant);
        let lettre = Lettre::new(
            Modele::DesignationAcceptee,
            format!("{nom} accepte de {} à {}", d.succeder(), self.commune),
        )
        .paragraphe(format!(
            "{nom} a accepté votre désignation : {} lui est destinée.",
            d.place()
        ))
        .paragraphe(format!(
            "Vous n’avez plus rien à faire. {nom} dépose maintenant sa demande de conventionnement auprès de la caisse, qui décide."
        ))
        .paragraphe(format!(
            "Vous pouvez changer de choix tant que cette demande n’est pas décidée. {}",
            autre_personne(self.limite)
        ));
        d.adresser(lettre, "Voir mon départ").contact(self.contact)
    }
}
