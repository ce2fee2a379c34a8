//! REG-12: the delay of the winner of a call to file.

use regles::texte;

use super::Terme;
use crate::{Courrier, Lettre, Modele};

/// To the winner.
#[derive(Debug)]
pub struct RappelDepot<'a> {
    pub commune: &'a str,
    pub bassin: &'a str,
    /// The designation that the request will rest on.
    pub designation_id: i64,
    /// The delay.
    pub terme: Terme,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for RappelDepot<'_> {
    fn lettre(&self) -> Lettre {
        let (commune, terme) = (self.commune, &self.terme);
        let de_commune = texte::de(commune);
        let lettre = if terme.depasse {
            Lettre::new(
                Modele::RappelDepot,
                format!("Le délai pour déposer votre demande à {commune} est passé"),
            )
            .paragraphe(format!(
                "La place {de_commune} vous est attribuée. Votre demande de conventionnement était attendue au plus tard le {} (inclus).",
                terme.longue()
            ))
            .paragraphe("Si vous l’aviez déposée, écrivez-nous sans attendre.")
        } else {
            Lettre::new(
                Modele::RappelDepot,
                format!("Votre demande pour la place {de_commune} est attendue"),
            )
            .paragraphe(format!(
                "La place {de_commune} vous est attribuée. Déposez votre demande de conventionnement avant la fin du {} : passé ce jour, \
                 l’attribution est caduque et la place est proposée au candidat suivant.",
                terme.date()
            ))
            .point("Il reste", terme.reste())
            .action(
                "Déposer ma demande",
                format!("/demandes/nouvelle?nature=succession&designation={}", self.designation_id),
            )
        };
        lettre.point("Zone", self.bassin).contact(self.contact)
    }
}
