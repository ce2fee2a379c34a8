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
    pub suite: Suite<'a>,
}

impl Courrier for DepartConfirmee<'_> {
    fn lettre(&self) -> Lettre {
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
