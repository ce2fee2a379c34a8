//! DER-4: the end or the renewal of a reduction of activity is recorded.

use chrono::NaiveDate;
use regles::texte;

use super::Dossier;
use crate::{Courrier, Lettre, Modele};

/// To the applicant.
#[derive(Debug)]
pub struct ReductionConstatee<'a> {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// What ends or goes on, in words.
    pub objet: &'a str,
    /// The new end; none when it ends.
    pub renouvelee: Option<NaiveDate>,
}

impl Courrier for ReductionConstatee<'_> {
    fn lettre(&self) -> Lettre {
        let sujet = match self.renouvelee {
            None => "La fin d’un suivi est constatée",
            Some(_) => "Un renouvellement est constaté",
        };
        self.dossier
            .lettre(Modele::ReductionConstatee, sujet)
            .point("Objet", self.objet)
            .paragraphe(match self.renouvelee {
                None => "La caisse a constaté cette fin. Cette échéance ne court plus.".to_owned(),
                Some(fin) => format!(
                    "La caisse a constaté le renouvellement. La nouvelle fin est le {}.",
                    texte::date_fr(fin)
                ),
            })
            .action("Voir ma demande", self.dossier.chemin())
    }
}
