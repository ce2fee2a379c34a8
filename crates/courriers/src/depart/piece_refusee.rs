//! A document of a departure is refused.

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PieceRefusee<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// The departure.
    pub id: i64,
    pub nature: &'a str,
    /// Name of the file.
    pub nom: &'a str,
    pub motif: &'a str,
}

impl Courrier for PieceRefusee<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::PieceRefuseeDepart,
            "Une pièce de votre déclaration de cessation est refusée",
        )
        .a(self.kine)
        .paragraphe(format!(
            "Nous avons examiné votre pièce « {} » ({}), jointe à votre déclaration de cessation à {}, et nous ne pouvons pas la retenir.",
            self.nature, self.nom, self.commune
        ))
        .point("Pourquoi", self.motif)
        .paragraphe(
            "Envoyez un autre document dans votre espace : il prendra la place de celui-ci. L’étude de votre départ continue.",
        )
        .action("Remplacer la pièce", format!("/mes-departs/{}", self.id))
        .contact(self.contact)
    }
}
