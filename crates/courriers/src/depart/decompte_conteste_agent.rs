//! REG-3: a count is contested, the team has to answer.

use crate::{Courrier, Lettre, Modele};

/// To the team.
#[derive(Debug)]
pub struct DecompteContesteAgent<'a> {
    /// Number of the departure.
    pub numero: &'a str,
    /// The departure.
    pub id: i64,
    /// Who leaves.
    pub kine: &'a str,
}

impl Courrier for DecompteContesteAgent<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(
            Modele::DecompteContesteAgent,
            format!("Dossier {} : nombre d’actes contesté", self.numero),
        )
        .paragraphe(format!(
            "{} conteste le nombre d’actes compté pour son départ. Répondez-lui : le nombre est maintenu, avec vos raisons, ou \
             corrigé, avec son relevé.",
            self.kine
        ))
        .paragraphe("Tant que personne n’a répondu, la place ne peut pas être dite non transmissible.")
        .action("Répondre", format!("/departs/{}", self.id))
    }
}
