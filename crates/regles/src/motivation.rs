//! EXP-5: the conditions that carried an answer, and those only; the others stay in the trace.

use super::conventionnement::ResultatConventionnement as R;
use super::regle::{Constat, Etape, Explication};
use crate::refus::Refus;

/// The way of an answer that a condition belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    /// Common to all ways: the alternative conditions.
    Commune,
    /// Outside the regulation.
    Libre,
    /// Succession, with the place it takes.
    Succession,
    /// Derogation.
    Derogation,
}

fn route(etape: &Etape) -> Route {
    match etape.regle.as_ref() {
        "REG-10" => Route::Libre,
        r if r.starts_with("DER-") || r == "PRO-5" => Route::Derogation,
        r if r.starts_with("ALT-") => Route::Commune,
        _ => Route::Succession,
    }
}

/// Splits the steps of a request into those that carried the answer and those of the ways that were not taken. A grant
/// keeps no condition that does not hold, but the opinion it departs from; a refusal keeps those that do not hold.
pub fn separer(resultat: R, explication: &Explication) -> (Vec<&Etape>, Vec<&Etape>) {
    let porte = |e: &Etape| {
        let (rempli, route) = (e.constat == Constat::Rempli, route(e));
        match resultat {
            R::HorsRegulation => rempli && matches!(route, Route::Commune | Route::Libre),
            R::AccordableSuccession => {
                rempli && matches!(route, Route::Commune | Route::Succession)
            }
            R::AccordableDerogation => {
                (rempli && matches!(route, Route::Commune | Route::Derogation))
                    || (e.regle == "PRO-5" && e.constat == Constat::NonRempli)
            }
            // REG-10 does not refuse anything: it says why the regulation applies.
            R::NonAccordable => e.constat == Constat::NonRempli && route != Route::Libre,
            R::Incomplet => e.constat == Constat::Inconnu,
        }
    };
    explication.etapes().iter().partition(|e| porte(e))
}

/// What names a rule of law, in a sentence of reasons.
const DROIT: &[&str] = &[
    "convention",
    "avenant",
    "article",
    "articles",
    "code",
    "arrêté",
    "arrete",
    "décret",
    "loi",
    "crpa",
    "règle",
    "règles",
    "réglementation",
];

/// Fewest words of a sentence of fact: «Sans objet» states nothing.
const MOTS_D_UN_FAIT: usize = 5;

/// The sentences of a text, without what stands between parentheses: a reference after a fact is not its sentence.
fn phrases(texte: &str) -> Vec<String> {
    let mut hors = String::new();
    let mut profondeur = 0_usize;
    for c in texte.chars() {
        match c {
            '(' => profondeur += 1,
            ')' => profondeur = profondeur.saturating_sub(1),
            c if profondeur == 0 => hors.push(c),
            _ => {}
        }
    }
    hors.split(['.', '\n', ';', ':', '!', '?'])
        .map(|p| p.trim().to_owned())
        .filter(|p| !p.is_empty())
        .collect()
}

fn nomme_le_droit(texte: &str) -> bool {
    texte
        .split(|c: char| !c.is_alphanumeric())
        .any(|mot| DROIT.contains(&mot.to_lowercase().as_str()))
}

/// EXP-5, PRO-5: the reasons of a refusal state at least one rule of law, by naming its text or the rule, and one fact of the
/// file, in a sentence of its own (CRPA, article L211-5).
///
/// # Errors
/// The law lacks, or the fact.
pub fn en_droit_et_en_fait(motifs: &str) -> Result<(), Refus> {
    if !nomme_le_droit(motifs) {
        return Err(Refus::fixe(
            "motifs_sans_droit",
            "Les motifs ne disent pas la règle appliquée : nommez-la, avec son texte (convention, arrêté, article…).",
        ));
    }
    let fait = phrases(motifs)
        .iter()
        .any(|p| !nomme_le_droit(p) && p.split_whitespace().count() >= MOTS_D_UN_FAIT);
    match fait {
        true => Ok(()),
        false => Err(Refus::fixe(
            "motifs_sans_fait",
            "Les motifs ne disent aucun fait du dossier : ajoutez une phrase qui dit ce qui a été constaté.",
        )),
    }
}
