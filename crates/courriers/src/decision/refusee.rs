//! A refusal, the day it is decided.

use super::{Fondee, Refus};
use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct DemandeRefusee<'a> {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    pub refus: &'a Refus<'a>,
    /// What every decision says.
    pub fondee: &'a Fondee<'a>,
}

impl Courrier for DemandeRefusee<'_> {
    fn lettre(&self) -> Lettre {
        let lettre = self
            .refus
            .dire(self.dossier.lettre(Modele::DemandeRefusee, "Une décision a été prise sur votre demande"))
            .paragraphe("Ces délais courent à compter de la notification, que nous vous adressons séparément.");
        self.fondee
            .dire(lettre)
            .action("Voir la décision", self.dossier.chemin())
    }
}
