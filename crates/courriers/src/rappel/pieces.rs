//! ECH-5: the delay to send documents.

use super::Terme;
use crate::demande::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct RappelPieces {
    pub dossier: Dossier,
    /// The delay.
    pub terme: Terme,
}

impl Courrier for RappelPieces {
    fn lettre(&self) -> Lettre {
        let (dossier, terme) = (&self.dossier, &self.terme);
        let fin = terme.longue();
        let lettre = if terme.depasse {
            dossier
                .lettre(Modele::RappelPieces, "Les pièces demandées ne nous sont pas parvenues")
                .paragraphe(format!("Les pièces demandées étaient à déposer jusqu’au {fin} inclus. Certaines ne nous sont pas parvenues."))
                .paragraphe("Votre demande n’est pas close pour autant : elle peut désormais être classée sans suite (code des relations entre le public et l’administration, article L114-5). Si vous avez les pièces, déposez-les dès maintenant ou contactez-nous.")
        } else {
            dossier
                .lettre(
                    Modele::RappelPieces,
                    &format!("Des pièces manquent à votre dossier : à envoyer avant le {}", terme.date()),
                )
                .paragraphe(format!("Votre dossier est incomplet. Les pièces que nous vous avons demandées sont à déposer dans votre espace jusqu’au {fin} inclus."))
                .paragraphe("Tant qu’elles manquent, le délai de réponse à votre demande est suspendu. Passé cette date, votre demande peut être classée sans suite (code des relations entre le public et l’administration, article L114-5).")
                .point("Il reste", terme.reste())
        };
        lettre.action("Voir ma demande", dossier.chemin())
    }
}
