//! REG-12: the winner filed nothing in time.

use regles::texte;

use super::Appel;
use crate::{Courrier, Lettre, Modele};

/// To the winner.
#[derive(Debug)]
pub struct AttributionCaduque {
    /// Whom it greets, the zone, whom to call.
    pub appel: Appel,
}

impl Courrier for AttributionCaduque {
    fn lettre(&self) -> Lettre {
        self.appel.lettre(
            Modele::AttributionCaduque,
            format!("L’attribution de la place {} est caduque", texte::de(&self.appel.commune)),
        )
        .paragraphe("Aucune demande de conventionnement n’a été déposée dans le délai : la place ne vous est plus attribuée.")
        .paragraphe("Si vous aviez déposé votre demande, écrivez-nous sans attendre.")
    }
}
