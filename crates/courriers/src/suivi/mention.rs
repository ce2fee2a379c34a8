//! A note calls a colleague.

use crate::{Courrier, Lettre, Modele};

/// To the colleague.
#[derive(Debug)]
pub struct Mention<'a> {
    /// Whom it greets.
    pub agent: &'a str,
    /// Who acts.
    pub par: &'a str,
    pub numero: &'a str,
}

impl Courrier for Mention<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(
            Modele::Mention,
            format!("Dossier {numero} : une note vous est adressée"),
        )
        .a(self.agent)
        .paragraphe(format!(
            "{} vous adresse une note interne dans le dossier {numero}.",
            self.par
        ))
        .paragraphe(
            "Elle se lit dans le dossier : la personne qui a fait la demande ne la voit pas.",
        )
        .action("Lire la note", format!("/dossiers/{numero}#notes"))
    }
}
