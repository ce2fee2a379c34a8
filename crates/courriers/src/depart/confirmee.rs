//! The CPAM confirms a cessation, and says what the place becomes.

use chrono::NaiveDate;
use regles::texte;

use super::Suite;
use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct DepartConfirmee<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// Day of the cessation.
    pub date: NaiveDate,
    /// Who left died: the day is that of the death.
    pub deces: bool,
    pub suite: Suite<'a>,
}

impl Courrier for DepartConfirmee<'_> {
    fn lettre(&self) -> Lettre {
        if self.deces {
            return Lettre::new(
                Modele::DepartConfirmee,
                format!("La place {} à {}", texte::de(self.kine), self.commune),
            )
            .a(self.kine)
            .paragraphe(format!(
                "À la suite du décès {}, survenu le {}, la caisse a enregistré son départ {}.",
                texte::de(self.kine),
                texte::date_fr(self.date),
                texte::de(self.commune)
            ))
            .paragraphe(self.suite.phrase())
            .contact(self.contact);
        }
        Lettre::new(
            Modele::DepartConfirmee,
            "Votre cessation d’activité est confirmée",
        )
        .a(self.kine)
        .paragraphe(format!(
            "Nous avons confirmé votre cessation d’activité du {} à {}.",
            texte::date_fr(self.date),
            self.commune
        ))
        .paragraphe(self.suite.phrase())
        .action("Voir ma cessation", "/espace")
        .contact(self.contact)
    }
}
