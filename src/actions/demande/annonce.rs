//! What the rules would answer today, said to who is about to send a request.

use chrono::NaiveDate;
use regles::conventionnement::{DerogationInvoquee, FaitsConventionnement, Succession, evaluer};
use regles::manque::avant_d_envoyer;
use regles::place::ResultatPlace;
use regles::regle::RegleError;
use regles::reglement::Reglement;
use regles::zonage::Categorie;

use super::{Fondement, Projet};
use crate::actions::evaluation::faits_dits;

/// What the rules would answer today to a project that was checked, said to who is about to send it.
///
/// # Errors
/// No parameter in force that day.
pub fn annoncer(
    reglement: &Reglement,
    jour: NaiveDate,
    p: &Projet,
    categorie: Categorie,
) -> Result<Vec<String>, RegleError> {
    let dites = faits_dits(Some(categorie), &p.conditions);
    let faits = match p.fondement {
        Fondement::HorsRegulation => dites,
        Fondement::Succession { .. } => FaitsConventionnement {
            succession: Some(Succession {
                place: Some(ResultatPlace::Designee),
            }),
            ..dites
        },
        Fondement::Derogation { .. } => FaitsConventionnement {
            derogation: Some(DerogationInvoquee::default()),
            ..dites
        },
    };
    let conclusion = evaluer(reglement, Some(jour), &faits)?;
    avant_d_envoyer(reglement, jour, p.fondement.nature(), &faits, &conclusion)
}
