//! Documents added to a request are received.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the applicant: what came, and what is still missing.
#[derive(Debug)]
pub struct PiecesRecues<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    pub numero: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// Whether the request was incomplete.
    pub incomplete: bool,
    /// How many documents asked for are still missing.
    pub restantes: usize,
    /// What came: nature and file name.
    pub recues: &'a [(&'a str, &'a str)],
}

impl Courrier for PiecesRecues<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        let mut lettre = Lettre::new(
            Modele::PiecesRecues,
            format!("Vos pièces pour la demande {numero} sont reçues"),
        )
        .a(self.kine)
        .paragraphe(format!(
            "Nous avons reçu {} pour votre demande {numero}.",
            texte::pluriel(self.recues.len() as i64, "pièce", "pièces"),
        ))
        .paragraphe(match (self.incomplete, self.restantes) {
            (true, 0) => "Toutes les pièces demandées sont arrivées : vous n’avez plus rien à faire. L’étude de votre demande reprend.".to_owned(),
            (true, n) => format!(
                "Il manque encore {}.",
                texte::pluriel(n as i64, "pièce demandée", "pièces demandées")
            ),
            _ => "Elles sont jointes à votre dossier.".to_owned(),
        });
        for (nature, nom) in self.recues {
            lettre = lettre.point(*nature, *nom);
        }
        lettre
            .action("Voir ma demande", format!("/demandes/{numero}"))
            .contact(self.contact)
    }
}
