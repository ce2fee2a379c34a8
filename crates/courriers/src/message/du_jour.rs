//! Messages wait, said once a day to who chose it.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the practitioner.
#[derive(Debug)]
pub struct MessagesDuJour<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// How many are not read.
    pub nombre: i64,
}

impl Courrier for MessagesDuJour<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::MessagesDuJour, "Des messages vous attendent")
            .a(self.kine)
            .paragraphe(format!(
                "Vous avez {} de la caisse à lire dans votre espace.",
                texte::pluriel(self.nombre, "message", "messages")
            ))
            .action("Lire mes messages", "/espace")
    }
}
