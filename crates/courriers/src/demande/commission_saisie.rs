//! Letter 5: the commission was asked for its opinion.

use chrono::NaiveDate;
use regles::texte::{self, date_fr, date_longue};

use super::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct CommissionSaisie {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// Since when the file is complete, where it is known.
    pub complete_le: Option<NaiveDate>,
    /// Day of the referral.
    pub le: NaiveDate,
    /// Last day of the opinion.
    pub avis: NaiveDate,
    /// Last day to ask to be heard.
    pub audition: NaiveDate,
    /// When the decision is expected: a projection.
    pub decision: NaiveDate,
}

impl Courrier for CommissionSaisie {
    fn lettre(&self) -> Lettre {
        let complete = self.complete_le.map_or_else(String::new, |le| {
            format!("Votre dossier est complet depuis le {}. ", date_fr(le))
        });
        self.dossier
            .lettre(
                Modele::CommissionSaisie,
                &format!("Dossier {} : la commission est saisie", self.dossier.numero),
            )
            .paragraphe(format!(
                "{complete}Nous l’avons transmis le {} à la commission paritaire départementale : elle donne un avis, la caisse décide ensuite.",
                date_fr(self.le)
            ))
            .paragraphe(format!(
                "L’avis est attendu {}.",
                texte::au_plus_tard(self.avis)
            ))
            .paragraphe(format!(
                "La commission peut vous entendre : demandez-le {}.",
                texte::au_plus_tard(self.audition)
            ))
            .paragraphe(format!(
                "La décision est prévue vers le {} ; cette date est une estimation.",
                date_longue(self.decision)
            ))
            .action("Suivre ma demande", self.dossier.chemin())
    }
}
