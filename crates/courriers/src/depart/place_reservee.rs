//! A place is reserved for the successor who was granted.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PlaceReservee<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// Who was to succeed.
    pub successeur: &'a str,
}

impl Courrier for PlaceReservee<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::PlaceReservee, "Votre place est réservée à votre successeur")
            .a(self.kine)
            .paragraphe(format!(
                "Le conventionnement {} est accordé : la place ouverte par votre départ {} lui est réservée.",
                texte::de(self.successeur),
                texte::de(self.commune)
            ))
        .paragraphe("Vous n’avez rien à faire.")
            .contact(self.contact)
            .action("Voir ma cessation", "/espace")
    }
}
