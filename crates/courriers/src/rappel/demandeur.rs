//! ECH-5: a delay of a request, said to who filed it.

use regles::echeance::NatureEcheance;

use super::Terme;
use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct RappelDemandeur<'a> {
    pub dossier: Dossier,
    pub commune: &'a str,
    /// What the delay is: its entry in the register has the words.
    pub nature: NatureEcheance,
    /// The delay.
    pub terme: Terme,
}

impl Courrier for RappelDemandeur<'_> {
    fn lettre(&self) -> Lettre {
        let (objet, suite) =
            self.terme
                .dire(self.nature.fiche().au_demandeur, self.nature, self.commune);
        let lettre = self.dossier.lettre(Modele::RappelDemandeur, &objet);
        self.terme
            .decompte(suite.into_iter().fold(lettre, Lettre::paragraphe))
            .action("Voir ma demande", self.dossier.chemin())
    }
}
