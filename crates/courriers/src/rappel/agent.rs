//! ECH-5: a delay of a request, said to who handles it.

use regles::echeance::NatureEcheance;

use super::Terme;
use crate::{Courrier, Lettre, Modele};

/// To the handler, to the team.
#[derive(Debug)]
pub struct RappelAgent<'a> {
    pub numero: &'a str,
    /// The applicant.
    pub kine: &'a str,
    pub commune: &'a str,
    pub bassin: &'a str,
    /// What the delay is.
    pub nature: NatureEcheance,
    /// The delay.
    pub terme: Terme,
}

impl Courrier for RappelAgent<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        let (objet, suite) = match (self.nature, self.terme.depasse) {
            (NatureEcheance::DecisionImplicite, _) => (
                "Décision implicite de rejet",
                "Sans décision notifiée d’ici là, le silence vaut rejet (PRO-7). Relève n’enregistre aucune décision à votre place.",
            ),
            (NatureEcheance::Pieces, false) => (
                "Pièces manquantes",
                "Le délai de décision implicite est suspendu jusque-là (PRO-3).",
            ),
            (NatureEcheance::Pieces, true) => (
                "Délai des pièces dépassé",
                "La personne en est avertie. Le dossier reste ouvert : vous pouvez le classer sans suite, ou attendre (PRO-3).",
            ),
            (_, false) => (
                "Installation attendue",
                "Sans installation enregistrée d’ici là, l’accord devient caduc (REG-9).",
            ),
            (_, true) => (
                "Délai d’installation dépassé",
                "L’accord est caduc si l’installation n’a pas commencé à temps (REG-9).",
            ),
        };
        Lettre::new(
            Modele::RappelAgent,
            format!("{objet} : {numero}, {}", self.terme.date()),
        )
        .paragraphe(suite)
        .point("Dossier", numero)
        .point("Demandeur", self.kine)
        .point("Lieu", format!("{} ({})", self.commune, self.bassin))
        .point("Échéance", self.terme.entier())
        .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
    }
}
