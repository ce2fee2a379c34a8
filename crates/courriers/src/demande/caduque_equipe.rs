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
    /// Last day to install, or to meet the condition of the grant.
    pub limite: Option<NaiveDate>,
    /// REG-17: whether it is for want of its condition.
    pub sous_reserve: bool,
}

impl Courrier for DemandeCaduqueEquipe<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        let terme = self
            .limite
            .map_or_else(|| "à temps".to_owned(), texte::au_plus_tard);
        Lettre::new(Modele::DemandeCaduqueEquipe, format!("Accord caduc : {numero}"))
            .paragraphe(match self.sous_reserve {
                true => format!("La condition de l’accord n’a pas été constatée {terme} : il est sans effet (caduc) depuis aujourd’hui."),
                false => format!("Aucune installation n’a été déclarée {terme} : l’accord est sans effet (caduc) depuis aujourd’hui."),
            })
            .paragraphe(match self.sous_reserve {
                true => "La personne en est avertie. Si elle vous apporte la preuve d’une condition remplie à temps, réexaminez le dossier.",
                false => "La personne en est avertie. Si elle vous apporte la preuve d’une installation commencée à temps, réexaminez le dossier.",
            })
            .point("Dossier", numero)
            .point("Demandeur", self.kine)
            .point("Lieu", format!("{} ({})", self.commune, self.bassin))
            .action("Ouvrir le dossier", format!("/dossiers/{numero}"))
    }
}
