//! The address of an account is replaced: the new one is confirmed, the old one is warned.

use chrono::NaiveDateTime;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// To the new address: the link that confirms it.
#[derive(Debug)]
pub struct AdresseAConfirmer<'a> {
    /// Whom it greets.
    pub nom: &'a str,
    /// Until when the link works (UTC).
    pub limite: NaiveDateTime,
    /// The secret of the link.
    pub jeton: &'a str,
}

impl Courrier for AdresseAConfirmer<'_> {
    fn lettre(&self) -> Lettre {
        Lettre::new(Modele::AdresseAConfirmer, "Confirmez votre nouvelle adresse")
            .a(self.nom)
            .paragraphe("Vous avez demandé que votre compte Relève soit rattaché à cette adresse. Elle remplacera l’ancienne une fois confirmée.")
            .point("À faire au plus tard le", texte::datetime_fr(self.limite))
            .action(
                "Confirmer cette adresse",
                format!("/compte/adresse/confirmer?jeton={}", self.jeton),
            )
            .paragraphe("Si ce n’était pas vous, ne faites rien : l’adresse du compte ne changera pas.")
    }
}

/// To the old address.
#[derive(Debug)]
pub struct AdresseChangee<'a> {
    /// Whom it greets.
    pub nom: &'a str,
    /// When (UTC).
    pub le: NaiveDateTime,
    /// The new address.
    pub nouvelle: &'a str,
    /// Whether it is done; otherwise it was asked for, and waits for its confirmation.
    pub faite: bool,
}

impl Courrier for AdresseChangee<'_> {
    fn lettre(&self) -> Lettre {
        let le = texte::datetime_fr(self.le);
        let (sujet, phrase) = if self.faite {
            (
                "L’adresse de votre compte est changée",
                format!(
                    "Le {le}, l’adresse de votre compte Relève a été remplacée. Nos courriels vont maintenant à la nouvelle."
                ),
            )
        } else {
            (
                "L’adresse de votre compte va changer",
                format!(
                    "Le {le}, il a été demandé de remplacer l’adresse de votre compte Relève. Elle le sera quand la nouvelle sera confirmée."
                ),
            )
        };
        Lettre::new(Modele::AdresseChangee, sujet)
            .a(self.nom)
            .paragraphe(phrase)
            .point("Nouvelle adresse", self.nouvelle)
            .paragraphe("Si ce n’était pas vous, choisissez tout de suite un nouveau mot de passe et prévenez votre caisse.")
            .action("Choisir un nouveau mot de passe", "/mot-de-passe/oubli")
    }
}
