//! ECH-5: the delay of the commission on the place of a departure, said to the team.

use regles::echeance::NatureEcheance;
use regles::silence::EffetSilence;

use super::Terme;
use crate::{Courrier, Lettre, Modele};

/// To the team.
#[derive(Debug)]
pub struct RappelAvisPlace<'a> {
    /// The departure.
    pub id: i64,
    /// The leaver.
    pub kine: &'a str,
    pub commune: &'a str,
    pub bassin: &'a str,
    /// The delay.
    pub terme: Terme,
}

impl Courrier for RappelAvisPlace<'_> {
    fn lettre(&self) -> Lettre {
        let nature = NatureEcheance::AvisPlace;
        let phrases = nature.a_l_agent(EffetSilence::Rejet);
        let (objet, suite) = self.terme.dire(phrases, nature, self.commune);
        let lettre = Lettre::new(
            Modele::RappelAvisPlace,
            format!("{objet} : départ {}, {}", self.id, self.terme.date()),
        );
        suite
            .into_iter()
            .fold(lettre, Lettre::paragraphe)
            .point("Cédant", self.kine)
            .point("Lieu", format!("{} ({})", self.commune, self.bassin))
            .point("Échéance", self.terme.entier())
            .action("Voir le départ", format!("/departs/{}", self.id))
    }
}
