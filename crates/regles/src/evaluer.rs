//! The evaluation contract: one JSON object in, one out. The rules are usable on their own.
//!
//! The command line ([`flux::evaluer_flux`]) and the API ([`evaluer_tableau`]) take the same objects
//! and give the same answers. All but `zone` are pure: no database, no clock.

use serde_json::value::RawValue;

use crate::reglement::Reglement;
use crate::zonage::ResolveurDeZone;

mod actes;
mod contrats;
pub mod flux;
mod lecture;
mod reponse;

pub use lecture::{CLES_MAX, ELEMENTS_MAX, ErreurFait};
use lecture::{Lecture, Objet};
pub use reponse::{Conclue, Reponse};

/// Field named when a line is not even a JSON object.
const LIGNE: &str = "ligne";

/// Answers one object, given as JSON text. Whatever the text, an answer: never a panic.
pub fn evaluer(reglement: &Reglement, objet: &str, zones: &dyn ResolveurDeZone) -> Reponse {
    let lu = match Objet::lire(objet) {
        Ok(lu) => lu,
        Err(message) => return Reponse::refusee(None, ErreurFait::new(LIGNE, message)),
    };
    let mut enveloppe = Lecture::enveloppe(lu);
    let id = match enveloppe.identifiant("id") {
        Ok(id) => id,
        Err(erreur) => return Reponse::refusee(None, erreur),
    };
    match conclure(reglement, enveloppe, zones) {
        Ok(conclue) => Reponse::conclue(id, conclue),
        Err(erreur) => Reponse::refusee(id, erreur),
    }
}

fn conclure(
    reglement: &Reglement,
    mut enveloppe: Lecture<'_>,
    zones: &dyn ResolveurDeZone,
) -> Result<Conclue, ErreurFait> {
    enveloppe.sans_doublon()?;
    let evaluation = enveloppe
        .texte("evaluation")?
        .ok_or_else(|| ErreurFait::new("evaluation", "le nom de l’évaluation est attendu"))?;
    let date = enveloppe.date("date")?;
    let faits = enveloppe.objet("faits")?.unwrap_or_default();
    enveloppe.fin()?;
    match evaluation.as_ref() {
        "zone" => actes::zone(reglement, date, faits, zones),
        "echeance" => actes::echeance(faits),
        "place" => actes::place(reglement, date, faits),
        "conventionnement" => actes::conventionnement(reglement, date, faits),
        "rappels" => actes::rappels(reglement, date, faits),
        "versement" => contrats::versement(reglement, faits),
        "stage" => contrats::stage(reglement, date, faits),
        "restitution" => contrats::restitution(reglement, date, faits),
        "eligibilite_contrat" => contrats::eligibilite(reglement, faits),
        autre => Err(ErreurFait::new(
            "evaluation",
            format!("l’évaluation « {autre} » est inconnue"),
        )),
    }
}

/// Why an array of objects was refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableauError {
    /// Not a JSON array.
    #[error("un tableau JSON d’évaluations est attendu : {0}")]
    Illisible(String),
    /// More objects than allowed.
    #[error("{recu} évaluations reçues, {max} au plus")]
    TropLong {
        /// Objects received.
        recu: usize,
        /// The cap.
        max: usize,
    },
    /// Nobody waits for the answer any more.
    #[error("l’évaluation a été interrompue")]
    Interrompu,
}

/// Answers an array of objects, in order, `max` at most. `encore` is asked before each object whether somebody still
/// waits.
///
/// # Errors
/// The text is not a JSON array, or is longer than `max`. A defective object only has its own error.
pub fn evaluer_tableau(
    reglement: &Reglement,
    corps: &str,
    zones: &dyn ResolveurDeZone,
    max: usize,
    encore: &dyn Fn() -> bool,
) -> Result<Vec<Reponse>, TableauError> {
    // As in a file, a byte order mark says nothing.
    let corps = corps.strip_prefix('\u{feff}').unwrap_or(corps);
    let objets: Vec<&RawValue> = serde_json::from_str(corps)
        .map_err(|e| TableauError::Illisible(lecture::phrase_json(&e)))?;
    if objets.len() > max {
        return Err(TableauError::TropLong {
            recu: objets.len(),
            max,
        });
    }
    objets
        .into_iter()
        .map(|objet| match encore() {
            true => Ok(evaluer(reglement, objet.get(), zones)),
            false => Err(TableauError::Interrompu),
        })
        .collect()
}
