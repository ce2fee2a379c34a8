//! The silence of the commission is a rejection: stated the day after.

use chrono::NaiveDate;
use regles::texte;

use super::Organes;
use crate::{Courrier, Lettre, Modele};

/// To who appeals.
#[derive(Debug)]
pub struct RecoursRejeteParSilence<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Number of the appeal.
    pub numero: &'a str,
    /// Who was to answer, and the court.
    pub organes: &'a Organes,
    /// Last day to answer, which is over.
    pub le: NaiveDate,
    /// Last day to go to the court; none when the receipt was not sent.
    pub tribunal_avant: Option<NaiveDate>,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for RecoursRejeteParSilence<'_> {
    fn lettre(&self) -> Lettre {
        let quand = match self.tribunal_avant {
            Some(le) => format!(", {}", texte::au_plus_tard(le)),
            None => String::new(),
        };
        Lettre::new(
            Modele::RecoursRejeteParSilence,
            format!("Dossier {} : ce que vaut notre silence", self.numero),
        )
        .a(self.kine)
        .paragraphe(format!(
            "{} n’a pas répondu au {} : ce silence vaut rejet de votre recours. Vous pouvez saisir {}{quand}. Votre requête \
             est remise au greffe, ou envoyée en recommandé avec avis de réception, avec la copie de votre recours.",
            self.organes.premier(),
            texte::date_longue(self.le),
            self.organes.tribunal()
        ))
        .action("Voir mon recours", format!("/mes-recours/{}", self.numero))
        .contact(self.contact)
    }
}
