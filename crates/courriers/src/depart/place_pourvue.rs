//! The successor is installed.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PlacePourvue<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// Who was to succeed.
    pub successeur: &'a str,
    /// Day of the installation.
    pub le: NaiveDate,
}

impl Courrier for PlacePourvue<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::PlacePourvue, "L’installation de votre successeur a commencé")
            .a(self.kine)
            .paragraphe(format!(
                "L’installation {} a commencé le {} : la place ouverte par votre départ {} est pourvue.",
                texte::de(self.successeur),
                texte::date_fr(self.le),
                texte::de(self.commune)
            ))
            .paragraphe("Vous n’avez rien à faire.")
            .contact(self.contact)
            .action("Voir ma cessation", "/espace")
    }
}
