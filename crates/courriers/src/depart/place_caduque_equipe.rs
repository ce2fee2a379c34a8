//! REG-6: a place lapsed, said to the team.

use regles::texte;

use super::sans_successeur;
use crate::{Courrier, Lettre, Modele};

/// To the team.
#[derive(Debug)]
pub struct PlaceCaduqueEquipe<'a> {
    /// The departure.
    pub id: i64,
    /// The leaver.
    pub kine: &'a str,
    pub commune: &'a str,
    pub bassin: &'a str,
}

impl Courrier for PlaceCaduqueEquipe<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::PlaceCaduqueEquipe,
            format!("Place caduque : départ {}", texte::de(self.commune)),
        )
        .paragraphe(format!(
            "{} : la place est caduque depuis aujourd’hui.",
            sans_successeur(self.kine, self.commune, self.bassin)
        ))
        .paragraphe("La personne en est avertie. Vous n’avez rien à faire.")
        .action("Voir le départ", format!("/departs/{}", self.id))
    }
}
