//! REG-12: a call ends soon.

use chrono::NaiveDate;
use regles::texte;

use super::Appel;
use crate::{Courrier, Lettre, Modele};

/// To the candidate.
#[derive(Debug)]
pub struct RappelCandidature<'a> {
    /// Whom it greets, the zone, whom to call.
    pub appel: Appel,
    /// Last day to apply.
    pub fin: NaiveDate,
    /// The criteria of which nothing was said.
    pub tues: &'a [&'a str],
}

impl Courrier for RappelCandidature<'_> {
    fn lettre(&self) -> Lettre {
        let de_commune = texte::de(&self.appel.commune);
        let mut lettre = self.appel.lettre(
            Modele::RappelCandidature,
            format!("L’appel à candidatures {de_commune} se termine bientôt"),
        )
        .paragraphe(format!(
            "Les candidatures à la place {de_commune} sont reçues au plus tard le {} (inclus). La vôtre est reçue.",
            texte::date_longue(self.fin)
        ));
        if !self.tues.is_empty() {
            lettre = lettre
                .point("Valeurs que vous n’avez pas données", self.tues.join(", "))
                .paragraphe("Pour les donner, retirez votre candidature et déposez-la de nouveau avant la fin de l’appel.");
        }
        lettre.action("Voir ma candidature", self.appel.chemin())
    }
}
