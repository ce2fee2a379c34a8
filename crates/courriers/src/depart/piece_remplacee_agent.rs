//! A document of a departure gives way to another.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the agent who refused what gives way.
#[derive(Debug)]
pub struct PieceRemplaceeAgent<'a> {
    /// The departure.
    pub id: i64,
    /// The leaver.
    pub kine: &'a str,
}

impl Courrier for PieceRemplaceeAgent<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::PieceRemplaceeDepartAgent,
            format!("Départ {} : une pièce est remplacée", texte::de(self.kine)),
        )
        .paragraphe(
            "Le professionnel a envoyé une pièce à la place de celle que vous avez refusée : la nouvelle est à examiner, la première reste au dossier.",
        )
        .action("Examiner les pièces", format!("/departs/{}/pieces", self.id))
    }
}
