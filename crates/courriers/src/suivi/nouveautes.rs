//! What is new on one's cases, said once a day to who chose it.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the practitioner, or to an agent.
#[derive(Debug)]
pub struct NouveautesDuJour<'a> {
    /// Whom it greets.
    pub a: &'a str,
    /// Each case in words, and how many things are new on it.
    pub dossiers: &'a [(String, usize)],
}

impl Courrier for NouveautesDuJour<'_> {
    fn lettre(&self) -> Lettre {
        let nombre = i64::try_from(self.dossiers.len()).unwrap_or(i64::MAX);
        let points = self.dossiers.iter().map(|(objet, nouvelles)| {
            let nouvelles = i64::try_from(*nouvelles).unwrap_or(i64::MAX);
            (
                objet.clone(),
                texte::pluriel(nouvelles, "nouveauté", "nouveautés"),
            )
        });
        let annonce = match nombre {
            1 => "Il y a du nouveau sur un dossier".to_owned(),
            nombre => format!(
                "Il y a du nouveau sur {}",
                texte::pluriel(nombre, "dossier", "dossiers")
            ),
        };
        Lettre::new(
            Modele::NouveautesDuJour,
            "Ce qui est nouveau sur vos dossiers",
        )
        .a(self.a)
        .annonce(&annonce, points)
        .paragraphe("Pour votre confidentialité, le détail se lit dans Relève. Vous recevez ce résumé parce que vous l’avez choisi.")
        .action("Voir ce qui est nouveau", "/nouveautes")
    }
}
