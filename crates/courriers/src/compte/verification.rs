//! A link to confirm an address.

use chrono::NaiveDateTime;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To who registered.
#[derive(Debug)]
pub struct CompteVerification<'a> {
    /// Whom it greets.
    pub nom: &'a str,
    /// Until when the link works (UTC).
    pub limite: NaiveDateTime,
    /// The query of the link: its secret, and what to do next.
    pub requete: &'a str,
}

impl Courrier for CompteVerification<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::CompteVerification, "Confirmez votre adresse électronique")
            .a(self.nom)
            .paragraphe(
                "Vous avez demandé un compte Relève avec cette adresse. Confirmez-la pour pouvoir vous connecter.",
            )
            .point("À faire au plus tard le", texte::datetime_fr(self.limite))
            .action(
                "Confirmer mon adresse",
                format!("/courriel/verifier?{}", self.requete),
            )
            .paragraphe("Si ce n’était pas vous, ne faites rien\u{a0}: sans confirmation, ce compte ne servira pas.")
    }
}
