//! Somebody registers with a RPPS that has an account.

use crate::{Courrier, Lettre, Modele};

/// To the holder.
#[derive(Debug)]
pub struct RppsExistant<'a> {
    /// Whom it greets.
    pub nom: &'a str,
}

impl Courrier for RppsExistant<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::RppsExistant,
            "Votre numéro RPPS a déjà un compte Relève",
        )
        .a(self.nom)
        .paragraphe("Quelqu’un vient de demander un compte Relève avec votre numéro RPPS. Il en a déjà un, à cette adresse.")
        .paragraphe("Si c’était vous, connectez-vous avec l’adresse de ce courriel. Si vous avez oublié votre mot de passe, choisissez-en un nouveau.")
        .action("Choisir un nouveau mot de passe", "/mot-de-passe/oubli")
        .paragraphe("Si ce n’était pas vous, votre compte n’a pas changé. Prévenez la CPAM de votre lieu d’exercice si cela se répète.")
    }
}
