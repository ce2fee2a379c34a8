//! REG-8: a designation is sent.

use crate::{Courrier, Lettre, Modele};

/// To who designates: the leaver, or who is entitled in her place.
#[derive(Debug)]
pub struct DesignationEnvoyee<'a> {
    /// Whom it greets.
    pub nom: &'a str,
    pub commune: &'a str,
    /// The number that is designated.
    pub rpps: &'a str,
    /// Where the successor was written to.
    pub courriel: &'a str,
    /// The departure, for the leaver alone: who is entitled has no account.
    pub depart_id: Option<i64>,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DesignationEnvoyee<'_> {
    fn lettre(&self) -> Lettre {
        let lettre = Lettre::new(
            Modele::DesignationEnvoyee,
            format!("Votre désignation d’un successeur à {} est envoyée", self.commune),
        )
        .a(self.nom)
        .paragraphe(format!(
            "Vous avez désigné le masseur-kinésithérapeute de numéro RPPS {} pour vous succéder. Nous lui avons écrit à l’adresse {}.",
            self.rpps, self.courriel
        ))
        .paragraphe("Votre désignation prend effet quand cette personne l’accepte. Nous vous écrirons dès sa réponse. Jusqu’à la décision sur sa demande, vous pouvez désigner quelqu’un d’autre.")
        .contact(self.contact);
        match self.depart_id {
            Some(id) => lettre.action("Voir mon départ", format!("/mes-departs/{id}")),
            None => lettre,
        }
    }
}
