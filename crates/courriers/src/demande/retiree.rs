//! A request is withdrawn.

use crate::{Courrier, Lettre, Modele};

/// To the applicant who withdrew.
#[derive(Debug)]
pub struct DemandeRetiree<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    pub numero: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DemandeRetiree<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(Modele::DemandeRetiree, format!("Votre demande {numero} est retirée"))
            .a(self.kine)
            .paragraphe(format!(
                "Vous avez retiré votre demande {numero}. Elle ne sera pas étudiée et aucune décision ne sera prise."
            ))
            .paragraphe("Vous pouvez déposer une nouvelle demande à tout moment.")
            .action("Voir mon espace", "/espace")
            .contact(self.contact)
    }
}
