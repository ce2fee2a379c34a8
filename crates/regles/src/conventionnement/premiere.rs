//! The order of the first edition of the rulebook (ALT, then REG-10), for what was decided under it (EXP-2).

use chrono::NaiveDate;

use super::{
    ConclusionConventionnement, FaitsConventionnement, ResultatConventionnement, deja_conventionne,
    fin, hors_zone, incomplet, regulee,
};
use crate::alternative;
use crate::conclusion::{inconnus, ou};
use crate::regle::{Explication, RegleError};
use crate::reglement::Reglement;

pub(super) fn evaluer(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    faits: &FaitsConventionnement,
) -> Result<ConclusionConventionnement, RegleError> {
    use ResultatConventionnement as R;
    let mut explication = Explication::nouvelle();
    let alternative = alternative::evaluer(reglement, date, faits, &mut explication)?;
    match alternative.remplie {
        None => return Ok(incomplet(alternative.manquants, explication)),
        Some(false) => return Ok(fin(R::NonAccordable, explication)),
        Some(true) => {}
    }
    let libre = faits.categorie.map(|c| !c.est_regulee());
    let deja = faits.deja_conventionne_zone;
    explication.ajouter(hors_zone(reglement, date, faits)?);
    if libre != Some(true) {
        explication.ajouter(deja_conventionne(reglement, date, faits)?);
    }
    match ou(libre, deja) {
        None => {
            let manquants = inconnus([
                ("categorie", libre.is_some()),
                ("deja_conventionne_zone", deja.is_some()),
            ]);
            Ok(incomplet(manquants, explication))
        }
        Some(true) => Ok(fin(R::HorsRegulation, explication)),
        Some(false) => regulee(reglement, date, faits, explication),
    }
}
