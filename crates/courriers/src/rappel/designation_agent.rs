//! ECH-5: the delay to designate is past, said to the team.

use regles::texte;

use super::Terme;
use crate::{Courrier, Lettre, Modele};

/// To the team.
#[derive(Debug)]
pub struct RappelDesignationAgent<'a> {
    /// The departure.
    pub id: i64,
    /// The leaver.
    pub kine: &'a str,
    pub commune: &'a str,
    pub bassin: &'a str,
    /// The delay.
    pub terme: Terme,
}

impl Courrier for RappelDesignationAgent<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::RappelDesignationAgent,
            format!(
                "Délai de désignation dépassé : départ {}",
                texte::de(self.commune)
            ),
        )
        .paragraphe(format!(
            "Le délai pour désigner un successeur {} ({}, {}) a pris fin le {}.",
            texte::de(self.kine),
            self.commune,
            self.bassin,
            self.terme.longue()
        ))
        .action("Voir le départ", format!("/departs/{}", self.id))
    }
}
