//! PRO-3: a request is closed because its documents did not come.

use chrono::NaiveDate;
use regles::texte;

use super::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct DemandeSansSuite {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// Last day the documents were awaited.
    pub limite: NaiveDate,
}

impl Courrier for DemandeSansSuite {
    fn lettre(&self) -> Lettre {
        self.dossier.lettre(Modele::DemandeSansSuite, "Votre demande est classée sans suite")
            .paragraphe(format!(
                "Nous avons classé votre demande sans suite : les pièces demandées devaient nous parvenir au plus tard le {} (inclus).",
                texte::date_longue(self.limite)
            ))
            .paragraphe("Vous pouvez déposer une nouvelle demande complète à tout moment.")
            .action("Voir ma demande", self.dossier.chemin())
    }
}
