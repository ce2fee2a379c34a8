//! REG-6: the place lapses.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PlaceCaduque<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// Last day to designate.
    pub limite: Option<NaiveDate>,
}

impl Courrier for PlaceCaduque<'_> {
    fn lettre(&self) -> Lettre {
        let terme = super::terme(self.limite);
        Lettre::new(Modele::PlaceCaduque, "Votre place est devenue caduque")
            .a(self.kine)
            .paragraphe(format!("La place ouverte par votre départ {de_commune} est caduque : aucun successeur ne l’a prise {terme}.", de_commune = texte::de(self.commune)))
            .paragraphe("Vous n’avez plus rien à faire.")
            .contact(self.contact)
    }
}
