//! REG-16: the zone of a request for a succession is no longer regulated.

use chrono::NaiveDate;
use regles::texte;

use super::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct DemandeSansSuccession<'a> {
    /// Whom it greets, about which request.
    pub dossier: Dossier,
    pub commune: &'a str,
    /// First day on which the zone was not regulated.
    pub depuis: NaiveDate,
}

impl Courrier for DemandeSansSuccession<'_> {
    fn lettre(&self) -> Lettre {
        self.dossier
            .lettre(
                Modele::DemandeSansSuccession,
                "Votre demande continue, sans succession",
            )
            .paragraphe(format!(
                "Depuis le {}, la zone {} n’est plus régulée : on peut y exercer sous convention sans succéder à personne. La place que vous demandiez est sans objet, et la désignation faite à votre nom n’a plus d’effet.",
                texte::date_fr(self.depuis),
                texte::de(self.commune)
            ))
            .paragraphe(
                "Votre demande continue sans succession : elle garde son numéro, ses pièces et ses délais. Les conditions générales restent à vérifier. Vous n’avez rien à refaire.",
            )
            .action("Suivre ma demande", self.dossier.chemin())
    }
}
