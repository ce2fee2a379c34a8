//! To the caisse: an appeal was filed.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To who handles the case contested, or to the team.
#[derive(Debug)]
pub struct RecoursDeposeAgent<'a> {
    /// Number of the appeal.
    pub numero: &'a str,
    /// Number of the case contested.
    pub conteste: &'a str,
    /// Last day to answer.
    pub repondre_avant: NaiveDate,
}

impl Courrier for RecoursDeposeAgent<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::RecoursDeposeAgent,
            format!("Dossier {} : à instruire", self.numero),
        )
        .paragraphe(format!(
            "Le dossier {} est ouvert contre le dossier {}. Une réponse y est due {}.",
            self.numero,
            self.conteste,
            texte::au_plus_tard(self.repondre_avant)
        ))
        .action("Ouvrir le dossier", format!("/recours/{}", self.numero))
    }
}
