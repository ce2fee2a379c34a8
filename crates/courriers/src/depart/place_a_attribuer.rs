//! REG-12: the CPAM will attribute the place.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PlaceAAttribuer<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// Last day to designate.
    pub limite: Option<NaiveDate>,
}

impl Courrier for PlaceAAttribuer<'_> {
    fn lettre(&self) -> Lettre {
        let terme = super::terme(self.limite);
        Lettre::new(Modele::PlaceAAttribuer, "Votre place sera attribuée par la caisse")
            .a(self.kine)
            .paragraphe(format!("La place ouverte par votre départ {de_commune} n’a pas trouvé de successeur {terme} : la caisse l’attribuera selon sa charte, après un appel à candidatures.", de_commune = texte::de(self.commune)))
            .paragraphe("Vous n’avez plus rien à faire.")
            .contact(self.contact)
    }
}
