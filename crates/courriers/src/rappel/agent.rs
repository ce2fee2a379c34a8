//! ECH-5: a delay of a request, said to who handles it.

use regles::echeance::NatureEcheance;
use regles::silence::EffetSilence;

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
    /// What the delay is: its entry in the register has the words.
    pub nature: NatureEcheance,
    /// What silence is worth for this request.
    pub silence: EffetSilence,
    /// The delay.
    pub terme: Terme,
}

impl Courrier for RappelAgent<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        let phrases = self.nature.a_l_agent(self.silence);
        let (objet, suite) = self.terme.dire(phrases, self.nature, self.commune);
        let lettre = Lettre::new(
            Modele::RappelAgent,
            format!("{objet} : {numero}, {}", self.terme.date()),
        );
        suite
            .into_iter()
            .fold(lettre, Lettre::paragraphe)
            .point("Dossier", numero)
            .point("Demandeur", self.kine)
            .point("Lieu", format!("{} ({})", self.commune, self.bassin))
            .point("Échéance", self.terme.entier())
            .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
    }
}
