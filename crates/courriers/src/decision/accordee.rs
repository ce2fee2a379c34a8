//! A grant, the day it is decided.

use regles::echeance::Delai;
use regles::texte;

use super::Fondee;
use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct DemandeAccordee<'a> {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    pub commune: &'a str,
    /// How long to begin the installation, once notified.
    pub delai: Delai,
    /// What every decision says.
    pub fondee: &'a Fondee<'a>,
}

impl Courrier for DemandeAccordee<'_> {
    fn lettre(&self) -> Lettre {
        let lettre = self.dossier.lettre(Modele::DemandeAccordee, "Votre conventionnement est accordé")
            .paragraphe(format!(
                "Votre conventionnement est accordé pour votre lieu d’exercice {}.",
                texte::de(self.commune)
            ))
            .paragraphe(format!(
                "La décision va vous être notifiée. Vous aurez alors {} pour commencer les formalités d’installation : \
                 nous vous écrirons la date exacte.",
                self.delai
            ));
        self.fondee
            .dire(lettre)
            .action("Voir la décision", self.dossier.chemin())
    }
}
