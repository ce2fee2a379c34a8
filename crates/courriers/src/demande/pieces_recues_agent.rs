//! Everything that was asked for has arrived (PRO-3).

use crate::{Courrier, Lettre, Modele};

/// To the agent in charge.
#[derive(Debug)]
pub struct PiecesRecuesAgent<'a> {
    pub numero: &'a str,
}

impl Courrier for PiecesRecuesAgent<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(Modele::PiecesRecuesAgent, format!("Demande {numero} : les pièces demandées sont arrivées"))
            .paragraphe("Toutes les pièces demandées sont arrivées. Le délai au terme duquel notre silence vaut décision court de nouveau.")
            .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
    }
}
