//! REG-8: the successor accepts, said to the leaver.

use crate::{Courrier, Lettre, Modele};

/// To the leaver.
#[derive(Debug)]
pub struct DesignationAcceptee<'a> {
    /// Who answers.
    pub successeur: &'a str,
    /// The leaver.
    pub cedant: &'a str,
    pub commune: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// The departure.
    pub depart_id: i64,
}

impl Courrier for DesignationAcceptee<'_> {
    fn lettre(&self) -> Lettre {
        let nom = self.successeur;
        Lettre::new(
            Modele::DesignationAcceptee,
            format!("{nom} accepte de vous succéder à {}", self.commune),
        )
        .paragraphe(format!("{nom} a accepté votre désignation. La place ouverte par votre départ lui est destinée."))
        .paragraphe("Vous n’avez plus rien à faire. Votre successeur dépose maintenant sa demande de conventionnement auprès de la caisse, qui décide.")
        .a(self.cedant)
        .action("Voir mon départ", format!("/mes-departs/{}", self.depart_id))
        .contact(self.contact)
    }
}
