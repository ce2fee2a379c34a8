//! PRO-2: the accusé de réception, sent when a request is filed.

use chrono::NaiveDate;
use regles::accuse::Silence;
use regles::texte;

use super::Projet;
use crate::actions::depart::declaration::Lieu;
use crate::db::deposant::Deposant;
use crate::mail::lettre::Lettre;

/// What a receipt says.
pub struct Accuse<'a> {
    /// Number of the request.
    pub numero: &'a str,
    /// Day it was received.
    pub recue_le: NaiveDate,
    /// What is asked.
    pub projet: &'a Projet,
    /// By whom.
    pub deposant: &'a Deposant,
    /// Where, and the service in charge.
    pub lieu: &'a Lieu,
    /// Delay and effect of silence, appeal routes.
    pub silence: &'a Silence,
    /// Last day of the delay.
    pub finale: NaiveDate,
}

/// The receipt of a request: date received, number, service, delay and effect of silence, appeal routes.
pub fn lettre(a: &Accuse<'_>) -> Lettre {
    let (numero, recue_le) = (a.numero, texte::date_fr(a.recue_le));
    let Lieu {
        commune, service, ..
    } = a.lieu;
    let mut lettre = Lettre::new(
        "demande_deposee",
        format!("Accusé de réception de votre demande {numero}"),
    )
    .a(a.deposant.kine.nom_complet())
    .paragraphe(format!(
        "Nous avons reçu votre demande de conventionnement le {recue_le}. Elle porte le numéro {numero}."
    ))
    .paragraphe(
        "Vous n’avez rien à faire pour l’instant. S’il manque une pièce, nous vous écrirons pour vous dire laquelle et avant quelle date l’envoyer.",
    )
    .paragraphe(a.silence.phrase(a.finale));
    if !a.silence.recours.is_empty() {
        lettre = lettre.paragraphe("Vous pourrez alors contester ce refus :");
        for voie in &a.silence.recours {
            lettre = lettre.paragraphe(format!("– {voie}"));
        }
    }
    lettre
        .point("Reçue le", recue_le)
        .point("Numéro", numero)
        .point("Demande", a.projet.fondement.nature().libelle())
        .point(
            "Lieu d’exercice",
            format!("{}, {}", a.projet.adresse, commune.nom),
        )
        .point("Service chargé de votre demande", service.nom.clone())
        .action("Suivre ma demande", format!("/demandes/{numero}"))
        .contact(service.lignes())
}
