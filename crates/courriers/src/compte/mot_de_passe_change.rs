//! A password changed: if it was somebody else, the holder must know.

use chrono::NaiveDateTime;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the holder.
#[derive(Debug)]
pub struct MotDePasseChange<'a> {
    /// Whom it greets.
    pub nom: &'a str,
    /// When (UTC).
    pub le: NaiveDateTime,
}

impl Courrier for MotDePasseChange<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::MotDePasseChange, "Votre mot de passe a changé")
            .a(self.nom)
            .paragraphe("Le mot de passe de votre compte Relève vient d’être changé, et vos autres connexions ont été fermées.")
            .point("Changé le", texte::datetime_fr(self.le))
            .paragraphe("Si ce n’était pas vous, choisissez tout de suite un nouveau mot de passe.")
            .action("Choisir un nouveau mot de passe", "/mot-de-passe/oubli")
    }
}
