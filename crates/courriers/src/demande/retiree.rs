//! A request is withdrawn.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the applicant who withdrew.
#[derive(Debug)]
pub struct DemandeRetiree<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    pub numero: &'a str,
    /// The day on which their letter arrived; none for who withdrew in their space.
    pub recue_le: Option<NaiveDate>,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DemandeRetiree<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(Modele::DemandeRetiree, format!("Votre demande {numero} est retirée"))
            .a(self.kine)
            .paragraphe(match self.recue_le {
                None => format!(
                    "Vous avez retiré votre demande {numero}. Elle ne sera pas étudiée et aucune décision ne sera prise."
                ),
                Some(le) => format!(
                    "Nous avons reçu le {} la lettre par laquelle vous retirez votre demande {numero}. Elle ne sera pas étudiée et aucune \
                     décision ne sera prise. Cette lettre ne vient pas de vous ? Dites-le-nous aussitôt.",
                    texte::date_fr(le)
                ),
            })
            .paragraphe("Vous pouvez déposer une nouvelle demande à tout moment.")
            .action("Voir mon espace", "/espace")
            .contact(self.contact)
    }
}
