//! REG-12: the winner gives up the place.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the winner.
#[derive(Debug)]
pub struct AttributionRenoncee<'a> {
    /// Whom it greets.
    pub nom: &'a str,
    pub commune: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for AttributionRenoncee<'_> {
    fn lettre(&self) -> Lettre {
        let de_commune = texte::de(self.commune);
        Lettre::new(
            Modele::AttributionRenoncee,
            format!("Vous renoncez à la place {de_commune}"),
        )
        .a(self.nom)
        .paragraphe(format!(
            "Vous avez renoncé à la place {de_commune} que la caisse vous avait attribuée. Vous n’avez rien d’autre à faire."
        ))
        .contact(self.contact)
    }
}
