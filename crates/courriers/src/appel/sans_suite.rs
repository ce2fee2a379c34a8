//! A call is closed without attribution, with reasons.

use regles::texte;

use super::Appel;
use crate::{Courrier, Lettre, Modele};

/// To the candidate.
#[derive(Debug)]
pub struct AppelSansSuite<'a> {
    /// Whom it greets, the zone, whom to call.
    pub appel: Appel,
    pub motif: &'a str,
    /// REG-16: whether the zone is no longer regulated.
    pub libre: bool,
}

impl Courrier for AppelSansSuite<'_> {
    fn lettre(&self) -> Lettre {
        let lettre = self
            .appel
            .lettre(
                Modele::AppelSansSuite,
                format!(
                    "L’appel à candidatures {} reste sans suite",
                    texte::de(&self.appel.commune)
                ),
            )
            .paragraphe("La caisse a clos cet appel à candidatures sans attribuer la place.")
            .point("Motif", self.motif);
        match self.libre {
            true => lettre
                .paragraphe("Vous pouvez demander votre conventionnement dans cette zone sans succéder à personne : les conditions générales sont seules vérifiées.")
                .action("Demander mon conventionnement", "/demandes/nouvelle"),
            false => lettre.paragraphe("Si un nouvel appel est ouvert, vous pourrez y candidater."),
        }
    }
}
