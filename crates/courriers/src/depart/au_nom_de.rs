//! REG-7: what concerns a place is written to who is entitled in the place of who leaves, or left.

use regles::texte;

use crate::lettre::Paragraphe;
use crate::{Courrier, Lettre};

/// A letter to the leaver, addressed to who is entitled in their place.
#[derive(Debug)]
pub struct AuNomDe<'a> {
    /// What would be written to the leaver.
    pub lettre: &'a Lettre,
    /// Who is entitled.
    pub ayant_droit: &'a str,
    /// The leaver.
    pub cedant: &'a str,
}

impl Courrier for AuNomDe<'_> {
    fn lettre(&self) -> Lettre {
        let mut lettre = self.lettre.clone();
        // It leads to the space of an account, which who is entitled has not.
        lettre.action = None;
        lettre.salutation = self.ayant_droit.to_owned();
        lettre.paragraphes.insert(
            0,
            Paragraphe {
                texte: texte::insecables(&format!(
                    "Ce courriel concerne la place {}. La caisse vous l’écrit parce que vous agissez au nom {} : ce qui y est dit de « votre \
                     place » ou de « votre départ » est à lire ainsi. Là où il parle de votre espace, écrivez à la caisse : vous \
                     n’avez pas de compte à créer.",
                    texte::de(self.cedant),
                    texte::de(self.cedant)
                )),
                liste: Vec::new(),
            },
        );
        lettre
    }
}
