//! Too many wrong passwords shut an account for a while.

use chrono::NaiveDateTime;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the holder.
#[derive(Debug)]
pub struct CompteVerrouille<'a> {
    /// Whom it greets.
    pub nom: &'a str,
    /// Until when (UTC).
    pub jusqua: NaiveDateTime,
}

impl Courrier for CompteVerrouille<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::CompteVerrouille,
            "Votre compte Relève est fermé quelques minutes",
        )
        .a(self.nom)
        .paragraphe(format!(
            "Plusieurs mots de passe faux ont été essayés de suite : le compte est fermé, et s’ouvre de nouveau le {}. Les connexions déjà ouvertes le restent.",
            texte::datetime_fr(self.jusqua)
        ))
        .paragraphe("Si c’était vous, attendez, ou choisissez un nouveau mot de passe : il rouvre le compte aussitôt.")
        .action("Choisir un nouveau mot de passe", "/mot-de-passe/oubli")
        .paragraphe("Si ce n’était pas vous, personne n’est entré. Prévenez votre caisse si cela se répète.")
    }
}
