//! GEN-1, GEN-2: what the general conditions allow, and the attestation of a grant.

use chrono::NaiveDate;

use crate::condition::{Condition, attestation_possible};
use crate::demande::EtatDemande;
use crate::grand_livre::EtatPlace;
use crate::refus::Refus;
use crate::texte;

/// GEN-1: whether a grant may be signed; `manquent`: the conditions without which nothing is granted, not established.
///
/// # Errors
/// Those conditions, by name.
pub fn generales(manquent: &[Condition]) -> Result<(), Refus> {
    if manquent.is_empty() {
        return Ok(());
    }
    let dites: Vec<String> = manquent
        .iter()
        .map(|c| format!("« {} »", c.libelle()))
        .collect();
    let debut = match manquent.len() {
        1 => "Une condition générale n’est pas établie",
        _ => "Des conditions générales ne sont pas établies",
    };
    Err(Refus::dit(
        "condition_generale",
        format!(
            "{debut} : {}. Rien ne peut être accordé avant : vérifiez-le, puis notez-le sur le dossier.",
            dites.join(", ")
        ),
    ))
}

/// GEN-1: whether the state of the general conditions may be recorded.
///
/// # Errors
/// The request was refused, or is closed.
pub fn noter_generales(etat: EtatDemande) -> Result<(), Refus> {
    if etat.en_cours() || etat.consomme() {
        return Ok(());
    }
    Err(Refus::fixe(
        "demande_close",
        "Cette demande est close ou refusée : ses conditions générales ne changent plus.",
    ))
}

/// GEN-2: whether the attestation of a grant may be had on `jour`; `effet`: its first day.
///
/// # Errors
/// Nothing is granted and notified, the grant lapsed, or it is not in effect yet.
pub fn attester(
    etat: EtatDemande,
    notifiee: bool,
    effet: Option<NaiveDate>,
    jour: NaiveDate,
) -> Result<NaiveDate, Refus> {
    let effet = effet
        .filter(|_| attestation_possible(etat, notifiee))
        .ok_or(Refus::fixe(
            "attestation_sans_accord",
            "Une attestation suppose un accord notifié et qui vaut toujours : cette demande n’en a pas.",
        ))?;
    if jour < effet {
        return Err(Refus::dit(
            "attestation_trop_tot",
            format!(
                "L’accord prend effet le {} : l’attestation se demande à partir de ce jour.",
                texte::date_longue(effet)
            ),
        ));
    }
    Ok(effet)
}

/// Whether the attestation of a place may be had.
///
/// # Errors
/// The departure opened no place, or it is not open any more.
pub fn attester_place(place: Option<EtatPlace>) -> Result<(), Refus> {
    if place == Some(EtatPlace::Ouverte) {
        return Ok(());
    }
    Err(Refus::fixe(
        "attestation_sans_place",
        "Une attestation de place suppose une place ouverte : votre départ n’en ouvre pas aujourd’hui.",
    ))
}
