//! REG-8: a designation is sent.

use chrono::NaiveDate;
use regles::texte;

use super::Designant;
use crate::{Courrier, Lettre, Modele};

/// To who designates.
#[derive(Debug)]
pub struct DesignationEnvoyee<'a> {
    pub designant: Designant<'a>,
    pub commune: &'a str,
    /// The number that is designated.
    pub rpps: &'a str,
    /// Where the successor was written to.
    pub courriel: &'a str,
    /// The last day to accept, while one is set.
    pub limite: Option<NaiveDate>,
    /// Whom to call.
    pub contact: &'a [String],
}

impl Courrier for DesignationEnvoyee<'_> {
    fn lettre(&self) -> Lettre {
        let mut lettre = Lettre::new(
            Modele::DesignationEnvoyee,
            format!("Votre désignation d’un successeur à {} est envoyée", self.commune),
        )
        .paragraphe(format!(
            "Vous avez désigné le masseur-kinésithérapeute de numéro RPPS {} pour {}. Nous lui avons écrit à l’adresse {}.",
            self.rpps,
            self.designant.succeder(),
            self.courriel
        ))
        .paragraphe(
            "Votre désignation prend effet quand cette personne l’accepte. Nous vous écrirons dès sa réponse. Une erreur d’adresse ? \
             Corrigez-la : la désignation reste la même. Jusqu’à la décision sur sa demande, vous pouvez la retirer ou désigner \
             quelqu’un d’autre.",
        );
        if let Some(limite) = self.limite {
            lettre = lettre.point("Sa réponse", texte::au_plus_tard(limite));
        }
        self.designant
            .adresser(lettre, "Voir mon départ")
            .contact(self.contact)
    }
}
