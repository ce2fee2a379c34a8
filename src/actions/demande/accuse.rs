//! PRO-2: the accusé de réception, sent when a request is filed.

use chrono::NaiveDate;
use regles::accuse::Silence;
use regles::texte;

use super::super::{Acte, ActionResult, courriel};
use crate::db::{CpamScope, WriteTx, demande};
use crate::mail::lettre::Lettre;

/// Queues the receipt of a request: date received, number, service, delay and effect of silence, appeal routes.
///
/// # Errors
/// The refusal of the database.
pub fn envoyer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    silence: &Silence,
    numero: &str,
    kine_id: i64,
    finale: NaiveDate,
) -> ActionResult<()> {
    let d = demande::complete(tx, &CpamScope::Kine(kine_id), numero)?;
    let mut lettre = Lettre::new(
        "demande_deposee",
        format!("Accusé de réception de votre demande {numero}"),
    )
    .a(d.kine.nom_complet())
    .paragraphe(format!(
        "Nous avons reçu votre demande de conventionnement le {}. Elle porte le numéro {numero}.",
        texte::date_fr(acte.jour())
    ))
    .paragraphe(
        "Vous n’avez rien à faire pour l’instant. S’il manque une pièce, nous vous écrirons pour vous dire laquelle et avant quelle date l’envoyer.",
    )
    .paragraphe(silence.phrase(finale));
    if !silence.recours.is_empty() {
        lettre = lettre.paragraphe("Vous pourrez alors contester ce refus :");
        for voie in &silence.recours {
            lettre = lettre.paragraphe(format!("– {voie}"));
        }
    }
    let lettre = lettre
        .point("Reçue le", texte::date_fr(acte.jour()))
        .point("Numéro", numero)
        .point("Demande", d.demande.nature.libelle())
        .point(
            "Lieu d’exercice",
            format!("{}, {}", d.demande.adresse, d.commune),
        )
        .point("Service chargé de votre demande", d.service.nom.clone())
        .action("Suivre ma demande", format!("/demandes/{numero}"))
        .contact(d.service.lignes());
    courriel::deposer(
        tx,
        acte,
        &format!("demande_deposee:{}", d.demande.id),
        &d.courriel,
        &lettre,
    )
}
