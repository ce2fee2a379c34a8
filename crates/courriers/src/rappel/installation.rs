//! ECH-5: the delay to install.

use super::Terme;
use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct RappelInstallation<'a> {
    pub dossier: Dossier,
    pub commune: &'a str,
    /// The delay.
    pub terme: Terme,
}

impl Courrier for RappelInstallation<'_> {
    fn lettre(&self) -> Lettre {
        let (dossier, commune, terme) = (&self.dossier, self.commune, &self.terme);
        let fin = terme.longue();
        let lettre = if terme.depasse {
            dossier
                .lettre(Modele::RappelInstallation, "Le délai pour vous installer est passé")
                .paragraphe(format!("Votre conventionnement à {commune} vous a été accordé. Le délai pour commencer votre installation a pris fin le {fin}."))
                .paragraphe("Si votre installation a commencé avant cette date, contactez-nous sans attendre.")
        } else {
            dossier
                .lettre(
                    Modele::RappelInstallation,
                    &format!("Commencez votre installation avant le {}", terme.date()),
                )
                .paragraphe(format!("Votre conventionnement à {commune} est accordé. Les formalités d’installation doivent commencer au plus tard le {fin}."))
                .paragraphe("Passé cette date, l’accord devient caduc. Si votre installation est faite, dites-le-nous : nous l’enregistrerons.")
                .point("Il reste", terme.reste())
        };
        lettre.action("Voir ma demande", dossier.chemin())
    }
}
