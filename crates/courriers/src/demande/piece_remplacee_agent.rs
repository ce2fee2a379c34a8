//! A document of a request gives way to another.

use crate::{Courrier, Lettre, Modele};

/// To the agent in charge.
#[derive(Debug)]
pub struct PieceRemplaceeAgent<'a> {
    pub numero: &'a str,
}

impl Courrier for PieceRemplaceeAgent<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(Modele::PieceRemplaceeAgent, format!("Demande {numero} : une pièce est remplacée"))
            .paragraphe("Le demandeur a envoyé une pièce à la place d’une autre : la nouvelle est à examiner, la première reste au dossier.")
            .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
    }
}
