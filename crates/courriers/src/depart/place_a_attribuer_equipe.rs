//! REG-12: a place is to be attributed, said to the team.

use regles::texte;

use super::sans_successeur;
use crate::{Courrier, Lettre, Modele};

/// To the team.
#[derive(Debug)]
pub struct PlaceAAttribuerEquipe<'a> {
    /// The leaver.
    pub kine: &'a str,
    pub commune: &'a str,
    pub bassin: &'a str,
}

impl Courrier for PlaceAAttribuerEquipe<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::PlaceAAttribuerEquipe,
            format!("Place à attribuer : départ {}", texte::de(self.commune)),
        )
        .paragraphe(format!(
            "{} : la place est à attribuer selon votre charte.",
            sans_successeur(self.kine, self.commune, self.bassin)
        ))
        .paragraphe("Ouvrez l’appel à candidatures. La personne qui part est avertie.")
        .action("Ouvrir l’appel", "/attributions")
    }
}
