//! A link to choose a new password.

use chrono::NaiveDateTime;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To who forgot it.
#[derive(Debug)]
pub struct MotDePasseOublie<'a> {
    /// Whom it greets.
    pub nom: &'a str,
    /// Until when the link works (UTC).
    pub limite: NaiveDateTime,
    /// The secret of the link.
    pub jeton: &'a str,
}

impl Courrier for MotDePasseOublie<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::MotDePasseOublie,
            "Choisissez un nouveau mot de passe",
        )
        .a(self.nom)
        .paragraphe("Vous avez demandé à choisir un nouveau mot de passe pour votre compte Relève.")
        .point("À faire au plus tard le", texte::datetime_fr(self.limite))
        .action(
            "Choisir un nouveau mot de passe",
            format!("/mot-de-passe/nouveau?jeton={}", self.jeton),
        )
        .paragraphe(
            "Si ce n’était pas vous, ne faites rien\u{a0}: votre mot de passe n’a pas changé.",
        )
    }
}
