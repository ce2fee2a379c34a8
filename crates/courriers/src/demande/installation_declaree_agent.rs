//! REG-9: an installation is announced, said to who handles the request.

use crate::{Courrier, Lettre, Modele};

/// To the agent in charge.
#[derive(Debug)]
pub struct InstallationDeclareeAgent<'a> {
    pub numero: &'a str,
}

impl Courrier for InstallationDeclareeAgent<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(Modele::InstallationDeclareeAgent, format!("Demande {numero} : installation déclarée"))
            .paragraphe("Le demandeur a déclaré son installation et joint une preuve. Vérifiez-la, puis enregistrez l’installation.")
            .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
    }
}
