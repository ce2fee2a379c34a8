//! Somebody registers with an address that has an account.

use crate::{Courrier, Lettre, Modele};

/// To the holder.
#[derive(Debug)]
pub struct CompteExistant<'a> {
    /// Whom it greets.
    pub nom: &'a str,
}

impl Courrier for CompteExistant<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::CompteExistant, "Vous avez déjà un compte Relève")
            .a(self.nom)
            .paragraphe("Quelqu’un, sans doute vous, vient de demander un compte Relève avec cette adresse. Elle en a déjà un.")
            .paragraphe("Connectez-vous avec votre mot de passe habituel. Si vous l’avez oublié, choisissez-en un nouveau.")
            .action("Choisir un nouveau mot de passe", "/mot-de-passe/oubli")
            .paragraphe("Si ce n’était pas vous, ne faites rien\u{a0}: votre compte n’a pas changé.")
    }
}
