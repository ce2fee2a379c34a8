//! A practitioner announces a change of situation.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the team.
#[derive(Debug)]
pub struct ChangementAnnonceAgent<'a> {
    /// Who announces.
    pub kine: &'a str,
    pub rpps: &'a str,
    /// The change, in words.
    pub nature: &'a str,
}

impl Courrier for ChangementAnnonceAgent<'_> {
    fn lettre(&self) -> Lettre {
        let kine = self.kine;
        Lettre::new(
            Modele::ChangementAnnonceAgent,
            format!("{kine} : {}", self.nature),
        )
        .paragraphe(format!(
            "{kine} (RPPS {}) vous informe : {}.",
            self.rpps,
            texte::minuscule_initiale(self.nature)
        ))
        .action("Voir les changements annoncés", "/changements")
    }
}
