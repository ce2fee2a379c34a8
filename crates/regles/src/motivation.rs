//! EXP-5: the conditions that carried an answer, and those only; the others stay in the trace.

use super::conventionnement::ResultatConventionnement as R;
use super::regle::{Constat, Etape, Explication};

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
