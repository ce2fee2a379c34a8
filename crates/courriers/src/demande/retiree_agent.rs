//! A request is withdrawn, said to who handles it.

use crate::{Courrier, Lettre, Modele};

/// To the agent in charge.
#[derive(Debug)]
pub struct DemandeRetireeAgent<'a> {
    pub numero: &'a str,
}

impl Courrier for DemandeRetireeAgent<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(
            Modele::DemandeRetireeAgent,
            format!("Demande {numero} : retirée par le demandeur"),
        )
        .paragraphe("Le demandeur a retiré sa demande. Elle est close, sans décision.")
        .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
    }
}
