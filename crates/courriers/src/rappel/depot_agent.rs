//! REG-12: the winner filed nothing in time, said to the team.

use regles::texte;

use super::Terme;
use crate::{Courrier, Lettre, Modele};

/// To the team.
#[derive(Debug)]
pub struct RappelDepotAgent<'a> {
    /// The departure.
    pub id: i64,
    pub commune: &'a str,
    /// The delay.
    pub terme: Terme,
}

impl Courrier for RappelDepotAgent<'_> {
    fn lettre(&self) -> Lettre {
        let commune = self.commune;
        Lettre::new(
            Modele::RappelDepotAgent,
            format!("Demande attendue après une attribution : {commune}"),
        )
        .paragraphe(format!(
            "La personne retenue à l’appel à candidatures {} pouvait déposer sa demande au plus tard le {} (inclus).",
            texte::de(commune),
            self.terme.longue()
        ))
        .action("Voir le départ", format!("/departs/{}", self.id))
    }
}
