//! DER-4: the end of a reduction of activity, or of the commitment that goes with it.

use regles::echeance::NatureEcheance;

use super::{Terme, objet};
use crate::{Courrier, Lettre, Modele};

/// To the collaborator, to the established colleague.
#[derive(Debug)]
pub struct RappelReduction<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    pub numero: &'a str,
    pub commune: &'a str,
    /// What ends.
    pub nature: NatureEcheance,
    /// To the applicant, whose request it is; otherwise to the colleague, who does not see it.
    pub au_demandeur: bool,
    /// The delay.
    pub terme: Terme,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for RappelReduction<'_> {
    fn lettre(&self) -> Lettre {
        let (commune, terme) = (self.commune, &self.terme);
        let objet = objet(self.nature);
        let fin = terme.longue();
        let lettre = if terme.depasse {
            Lettre::new(Modele::RappelReduction, format!("{objet} a pris fin"))
                .paragraphe(format!("{objet} à {commune} a pris fin le {fin}."))
                .paragraphe("La caisse constate cette fin ou son renouvellement. Si elle se poursuit, écrivez-nous.")
        } else {
            Lettre::new(
                Modele::RappelReduction,
                format!("{objet} prend fin le {}", terme.date()),
            )
            .paragraphe(format!("{objet} à {commune} prend fin le {fin}."))
            .paragraphe("Si elle se poursuit, dites-le à la caisse avant cette date : elle enregistre le renouvellement (DER-4).")
            .point("Il reste", terme.reste())
        };
        let lettre = lettre
            .a(self.kine)
            .point("Dossier", self.numero)
            .contact(self.contact);
        if self.au_demandeur {
            lettre.action("Voir ma demande", format!("/demandes/{}", self.numero))
        } else {
            lettre.action("Voir mon espace", "/espace")
        }
    }
}
