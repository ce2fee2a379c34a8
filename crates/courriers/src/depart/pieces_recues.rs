//! Documents added to a departure are received.

use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct PiecesRecues<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The commune left.
    pub commune: &'a str,
    /// The departure.
    pub id: i64,
    /// What came: nature and file name.
    pub recues: &'a [(&'a str, &'a str)],
}

impl Courrier for PiecesRecues<'_> {
    fn lettre(&self) -> Lettre {
        let mut lettre = Lettre::new(
            Modele::PiecesRecuesDepart,
            format!(
                "Vos pièces pour votre départ {} sont reçues",
                texte::de(self.commune)
            ),
        )
        .a(self.kine)
        .paragraphe(format!(
            "Nous avons reçu {} pour votre déclaration de cessation. La caisse l’examine.",
            texte::pluriel(self.recues.len() as i64, "pièce", "pièces")
        ));
        for (nature, nom) in self.recues {
            lettre = lettre.point(*nature, *nom);
        }
        lettre
            .action("Voir mon départ", format!("/mes-departs/{}", self.id))
            .contact(self.contact)
    }
}
