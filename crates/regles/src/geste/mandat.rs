//! PRO-13: who may act for the applicant: given, received, taken back.

use chrono::NaiveDate;

use crate::demande::EtatDemande;
use crate::refus::Refus;
use crate::representation::{EtatMandat, EvenementMandat, MandatEcrit, peut_agir, transition};

/// Whether the applicant may name somebody; `mandat`: where the one that counts stands.
///
/// # Errors
/// The request is closed, or somebody is named already.
pub fn nommer_representant(etat: EtatDemande, mandat: Option<EtatMandat>) -> Result<(), Refus> {
    if !etat.en_cours() {
        return Err(Refus::fixe(
            "demande_close",
            "Cette demande est close : personne n’a plus à y agir pour vous.",
        ));
    }
    match mandat {
        None => Ok(()),
        Some(_) => Err(Refus::fixe(
            "mandat_donne",
            "Vous avez déjà donné mandat à une personne sur cette demande : retirez-le d’abord.",
        )),
    }
}

/// Whether the mandate that counts may be taken back.
///
/// # Errors
/// None counts.
pub fn revoquer_mandat(mandat: Option<EtatMandat>) -> Result<(), Refus> {
    suite(mandat, EvenementMandat::Revoquer)
}

/// Whether the caisse may say of a mandate that it is received, or refuse it.
///
/// # Errors
/// None waits for that.
pub fn examiner_mandat(mandat: Option<EtatMandat>) -> Result<(), Refus> {
    suite(mandat, EvenementMandat::Verifier)
}

fn suite(mandat: Option<EtatMandat>, evenement: EvenementMandat) -> Result<(), Refus> {
    // What was refused says it of nothing as well.
    let etat = mandat.unwrap_or(EtatMandat::Refuse);
    transition(etat, evenement).map(|_| ())
}

/// Whether an act of the representative, received on `jour`, may be recorded.
///
/// # Errors
/// Nobody may act that day.
pub fn noter_acte(mandat: Option<MandatEcrit>, jour: NaiveDate) -> Result<(), Refus> {
    match peut_agir(mandat, jour) {
        true => Ok(()),
        false => Err(Refus::fixe(
            "sans_mandat",
            "Personne n’a ce jour-là de mandat vérifié pour agir sur cette demande : un acte se reçoit de la personne elle-même.",
        )),
    }
}
