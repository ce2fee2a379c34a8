//! REG-9: the applicant announces the installation.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the applicant who announced it.
#[derive(Debug)]
pub struct InstallationDeclaree<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    pub numero: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    pub commune: &'a str,
    /// Day of the installation.
    pub le: NaiveDate,
}

impl Courrier for InstallationDeclaree<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(
            Modele::InstallationDeclaree,
            format!("Votre installation est déclarée (demande {numero})"),
        )
        .a(self.kine)
        .paragraphe(format!(
            "Vous avez déclaré votre installation à {} au {}. Nous vérifions votre preuve, puis nous enregistrons l’installation.",
            self.commune,
            texte::date_fr(self.le)
        ))
        .action("Voir ma demande", format!("/demandes/{numero}"))
        .contact(self.contact)
    }
}
