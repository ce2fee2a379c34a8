//! REG-12: a place is attributed.

use chrono::NaiveDate;
use regles::texte;

use super::Appel;
use crate::{Courrier, Lettre, Modele};

/// To the winner.
#[derive(Debug)]
pub struct PlaceAttribuee {
    /// Whom it greets, the zone, whom to call.
    pub appel: Appel,
    /// Last day to file.
    pub limite: NaiveDate,
    /// The designation that the request will rest on.
    pub designation_id: i64,
}

impl Courrier for PlaceAttribuee {
    fn lettre(&self) -> Lettre {
        let commune = &self.appel.commune;
        self.appel.lettre(
            Modele::PlaceAttribuee,
            format!("La place {} vous est attribuée", texte::de(commune)),
        )
        .paragraphe(format!(
            "La direction de la caisse vous attribue la place ouverte à {commune}, au terme de l’appel à candidatures."
        ))
        .paragraphe(format!(
            "Déposez votre demande de conventionnement avant la fin du {} : c’est sur elle que la caisse décide. Passé ce jour, l’attribution \
             est caduque et la place est proposée au candidat suivant.",
            texte::date_fr(self.limite)
        ))
        .action(
            "Déposer ma demande",
            format!("/demandes/nouvelle?nature=succession&designation={}", self.designation_id),
        )
    }
}
