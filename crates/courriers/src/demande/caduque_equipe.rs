//! REG-9: a grant lapsed, said to the handler and the team.

use chrono::NaiveDate;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the handler and the team.
#[derive(Debug)]
pub struct DemandeCaduqueEquipe<'a> {
    pub numero: &'a str,
    /// The applicant.
    pub kine: &'a str,
    pub commune: &'a str,
    pub bassin: &'a str,
    /// Last day to install.
    pub limite: Option<NaiveDate>,
}

impl Courrier for DemandeCaduqueEquipe<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        let terme = self
            .limite
            .map_or_else(|| "à temps".to_owned(), texte::au_plus_tard);
        Lettre::new(Modele::DemandeCaduqueEquipe, format!("Accord caduc : {numero}"))
            .paragraphe(format!(
                "Aucune installation n’a été déclarée {terme} : l’accord est sans effet (caduc) depuis aujourd’hui."
            ))
            .paragraphe("La personne en est avertie. Si elle vous apporte la preuve d’une installation commencée à temps, réexaminez le dossier.")
            .point("Dossier", numero)
            .point("Demandeur", self.kine)
            .point("Lieu", format!("{} ({})", self.commune, self.bassin))
            .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
    }
}
