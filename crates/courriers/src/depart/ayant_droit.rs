//! REG-7: heirs or a representative may designate, by a secret link.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To who is entitled.
#[derive(Debug)]
pub struct AyantDroit<'a> {
    /// Who is entitled.
    pub nom: &'a str,
    /// The leaver.
    pub cedant: &'a str,
    pub commune: &'a str,
    /// Last day to designate, once the departure opened a place.
    pub limite: Option<NaiveDate>,
    /// The secret of the link.
    pub jeton: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for AyantDroit<'_> {
    fn lettre(&self) -> Lettre {
        let (du_cedant, commune) = (texte::de(self.cedant), self.commune);
        let mut lettre = Lettre::new(
            Modele::AyantDroit,
            format!("Désigner le successeur {du_cedant} à {commune}"),
        )
        .a(self.nom)
        .paragraphe(format!(
            "La caisse a vérifié vos justificatifs : vous pouvez désigner, au nom {du_cedant}, le masseur-kinésithérapeute qui lui succédera à {commune}."
        ))
        .paragraphe("Vous n’avez pas de compte à créer : ouvrez le lien ci-dessous. Il est personnel et secret, ne le transférez pas.");
        if let Some(limite) = self.limite {
            lettre = lettre.point("À désigner", texte::au_plus_tard(limite));
        }
        lettre
            .action(
                "Désigner le successeur",
                format!("/ayants-droit/{}", self.jeton),
            )
            .contact(self.contact)
    }
}
