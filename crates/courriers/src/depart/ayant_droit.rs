//! REG-7: heirs or a representative may designate, by a secret link.

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
    /// The secret of the link.
    pub jeton: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for AyantDroit<'_> {
    fn lettre(&self) -> Lettre {
        let (du_cedant, commune) = (texte::de(self.cedant), self.commune);
        Lettre::new(
            Modele::AyantDroit,
            format!("Désigner le successeur {du_cedant} à {commune}"),
        )
        .a(self.nom)
        .paragraphe(format!(
            "La caisse a vérifié vos justificatifs : vous pouvez désigner, au nom {du_cedant}, le masseur-kinésithérapeute qui lui succédera à {commune}."
        ))
        .paragraphe("Vous n’avez pas de compte à créer : ouvrez le lien ci-dessous. Il est personnel et secret, ne le transférez pas.")
        .action("Désigner le successeur", format!("/ayants-droit/{}", self.jeton))
        .contact(self.contact)
    }
}
