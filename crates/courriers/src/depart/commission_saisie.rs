//! Letter 9: the commission was asked if the place of a departure may be transmitted.

use chrono::NaiveDate;
use regles::texte::{self, date_fr};

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PlaceCommissionSaisie<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// Day of the referral.
    pub le: NaiveDate,
    /// Last day of the opinion.
    pub avis: NaiveDate,
    /// Last day to ask to be heard.
    pub audition: NaiveDate,
}

impl Courrier for PlaceCommissionSaisie<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::PlaceCommissionSaisie,
            "La commission est saisie de votre départ",
        )
        .a(self.kine)
        .paragraphe(format!(
            "Nous avons transmis votre départ {} le {} à la commission paritaire départementale. Elle dira si la place peut être transmise, {}.",
            texte::de(self.commune),
            date_fr(self.le),
            texte::au_plus_tard(self.avis)
        ))
        .paragraphe(format!(
            "Vous pouvez lui écrire ou lui demander de vous entendre, {}. Un papier médical s’adresse au praticien-conseil, sous pli « secret médical ».",
            texte::au_plus_tard(self.audition)
        ))
        .paragraphe("D’ici là, la place ne peut être accordée à personne.")
        .action("Voir ma cessation", "/espace")
        .contact(self.contact)
    }
}
