//! A draft that nobody takes up again will be removed.

use chrono::{NaiveDate, NaiveDateTime};
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To its author.
#[derive(Debug)]
pub struct BrouillonDelaisse<'a> {
    /// The form, in words.
    pub formulaire: &'a str,
    /// Until when it is kept.
    pub jusqu_au: NaiveDate,
    /// Last written (UTC).
    pub ecrit_le: NaiveDateTime,
}

impl Courrier for BrouillonDelaisse<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::BrouillonDelaisse, "Votre brouillon va être effacé")
            .paragraphe(format!(
                "Vous avez commencé le formulaire « {} » et ne l’avez pas envoyé. Sans reprise au plus tard le {} (inclus), il est effacé.",
                self.formulaire,
                texte::date_longue(self.jusqu_au)
            ))
            .point("Écrit pour la dernière fois le", texte::datetime_fr(self.ecrit_le))
            .paragraphe("Pour le garder, reprenez-le et enregistrez-le. Si vous n’en avez plus besoin, vous n’avez rien à faire : rien n’a été envoyé à la caisse.")
            .action("Reprendre mon brouillon", "/espace")
    }
}
