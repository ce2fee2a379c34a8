//! PRO-2: the accusé de réception of a request.

use chrono::NaiveDate;
use regles::accuse::Silence;
use regles::generales::{ATTENDRE_L_EFFET, nommees};
use regles::piece::NaturePiece;
use regles::texte;

use crate::{Courrier, Lettre, Modele};

/// What to do meanwhile: the letter and the page of the receipt say it alike. `manquantes`: what the request calls for, and
/// that did not come with it.
pub fn attente(manquantes: &[NaturePiece]) -> String {
    let envoyer = match manquantes.len() {
        0 => {
            return "Vous n’avez rien à faire pour l’instant. S’il manque une pièce, nous vous écrirons pour vous dire laquelle et avant quelle date l’envoyer.".to_owned();
        }
        1 => "Envoyez-la-nous",
        _ => "Envoyez-les-nous",
    };
    format!(
        "Il manque à votre demande : {}. {envoyer} sans attendre qu’on vous {} demande.",
        nommees(manquantes),
        if manquantes.len() == 1 { "la" } else { "les" }
    )
}

/// «Nous avons reçu votre demande de conventionnement le 12 mars 2026.», in the letter and on the page.
pub fn reception(le: NaiveDate) -> String {
    format!(
        "Nous avons reçu votre demande de conventionnement le {}.",
        texte::date_fr(le)
    )
}

/// To the applicant: date received, number, service, delay and effect of silence, appeal routes.
#[derive(Debug)]
pub struct AccuseDeReception<'a> {
    /// Whom it greets.
    pub kine: &'a str,
    pub numero: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    pub recue_le: NaiveDate,
    /// What is asked, in words.
    pub nature: &'a str,
    /// Where, without the commune.
    pub adresse: &'a str,
    pub commune: &'a str,
    /// The service in charge.
    pub service: &'a str,
    /// Delay and effect of silence, appeal routes.
    pub silence: &'a Silence,
    /// Last day of the delay.
    pub finale: NaiveDate,
    /// What it calls for, and that did not come with it.
    pub manquantes: &'a [NaturePiece],
    /// PRO-13: an agent entered it from a paper.
    pub sur_papier: bool,
}

impl Courrier for AccuseDeReception<'_> {
    fn lettre(&self) -> Lettre {
        let (numero, recue_le) = (self.numero, texte::date_fr(self.recue_le));
        let mut lettre = Lettre::new(
            Modele::DemandeDeposee,
            format!("Accusé de réception de votre demande {numero}"),
        )
        .a(self.kine)
        .paragraphe(format!(
            "{} Elle porte le numéro {numero}.",
            reception(self.recue_le)
        ))
        .paragraphe(attente(self.manquantes));
        if self.sur_papier {
            lettre = lettre.paragraphe(
                "Cette demande nous est parvenue sur papier : nous l’avons saisie pour vous. Si elle ne vient pas de vous, ou si \
                 ce que nous en avons saisi est inexact, dites-le-nous sans attendre, aux coordonnées ci-dessous.",
            );
        }
        lettre = lettre
            .paragraphe(ATTENDRE_L_EFFET)
            .paragraphe(self.silence.phrase(self.finale));
        if !self.silence.recours.is_empty() {
            lettre = lettre.annonce(
                "Vous pourrez alors contester ce refus",
                self.silence.recours.iter().map(|voie| (voie.as_str(), "")),
            );
        }
        lettre
            .point("Reçue le", recue_le)
            .point("Numéro", numero)
            .point("Demande", self.nature)
            .point(
                "Lieu d’exercice",
                format!("{}, {}", self.adresse, self.commune),
            )
            .point("Service chargé de votre demande", self.service)
            .action("Suivre ma demande", format!("/demandes/{numero}"))
            .contact(self.contact)
    }
}
