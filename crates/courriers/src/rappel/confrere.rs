//! DER-4: a delay of a request, said to the colleague on whose reduction of activity it rests.

use regles::echeance::NatureEcheance;

use super::Terme;
use crate::{Courrier, Lettre, Modele};

/// To the established colleague, who does not see the request.
#[derive(Debug)]
pub struct RappelConfrere<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    pub numero: &'a str,
    pub commune: &'a str,
    /// What the delay is: its entry in the register has the words.
    pub nature: NatureEcheance,
    /// The delay.
    pub terme: Terme,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for RappelConfrere<'_> {
    fn lettre(&self) -> Lettre {
        let (objet, suite) =
            self.terme
                .dire(self.nature.fiche().au_demandeur, self.nature, self.commune);
        let lettre = Lettre::new(Modele::RappelConfrere, objet)
            .a(self.kine)
            .point("Dossier", self.numero)
            .contact(self.contact);
        self.terme
            .decompte(suite.into_iter().fold(lettre, Lettre::paragraphe))
            .action("Voir mon espace", "/espace")
    }
}
