//! A file is given to a colleague.

use crate::{Courrier, Lettre, Modele};

/// To the colleague.
#[derive(Debug)]
pub struct DossierConfie<'a> {
    /// Whom it greets.
    pub agent: &'a str,
    /// Who acts.
    pub par: &'a str,
    pub numero: &'a str,
}

impl Courrier for DossierConfie<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(
            Modele::DossierConfie,
            format!("Dossier {numero} : il vous est confié"),
        )
        .a(self.agent)
        .paragraphe(format!("{} vous confie le dossier {numero}.", self.par))
        .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
    }
}
