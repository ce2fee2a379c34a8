//! REG-9, PRO-9: the grant that took a place was undone: to who left it.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PlaceRendue<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Commune left.
    pub commune: &'a str,
    /// The departure.
    pub id: i64,
    /// Last day to name a successor; none once it is over.
    pub limite: Option<NaiveDate>,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for PlaceRendue<'_> {
    fn lettre(&self) -> Lettre {
        let suite = match self.limite {
            Some(le) => format!(
                " Vous pouvez désigner la personne qui vous succède {}.",
                texte::au_plus_tard(le)
            ),
            None => String::new(),
        };
        Lettre::new(
            Modele::PlaceRendue,
            format!("Votre place {} est de nouveau ouverte", texte::de(self.commune)),
        )
        .a(self.kine)
        .paragraphe(format!(
            "La décision qui réservait la place {} n’a plus d’effet : cette place est de nouveau ouverte.{suite}",
            texte::de(self.commune)
        ))
        .action("Voir mon départ", format!("/mes-departs/{}", self.id))
        .contact(self.contact)
    }
}
