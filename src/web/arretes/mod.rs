//! `/arretes`: the arrêtés de zonage, what each one changes (ZON-10), and its published figures (ZON-8).

mod arrete;
mod exporter;
mod liste;
mod mots;
mod synthese;

pub use arrete::page;
pub use exporter::exporter;
pub use liste::liste;
pub use synthese::synthese;

use chrono::NaiveDate;
use regles::arrete::{self as regle, EtatArrete, nom_region};
use regles::reglement::{Reglement, ReglementError};

use super::ui::{Etat, Pastille};
use crate::db::arrete::Arrete;

/// What the title of an arrêté says: «Arrêté 2024-17-0457», or «Arrêté du 1er novembre 2024» when its number is not known.
fn titre(arrete: &Arrete) -> String {
    match &arrete.reference {
        Some(reference) => format!("Arrêté {reference}"),
        None => format!("Arrêté du {}", regles::texte::date_fr(arrete.date_effet)),
    }
}

/// «Provence-Alpes-Côte d’Azur (93)».
fn region(code: &str) -> String {
    format!("{} ({code})", nom_region(code))
}

/// ZON-5: where an arrêté stands on `jour`, and the first day past its validity.
fn etat(
    reglement: &Reglement,
    arrete: &Arrete,
    jour: NaiveDate,
) -> Result<(EtatArrete, Option<NaiveDate>), ReglementError> {
    let validite = reglement.delai("zonage.duree_validite", jour)?;
    let etat = regle::etat(arrete.date_effet, arrete.date_fin, validite, jour);
    Ok((etat, regle::fin_de_validite(arrete.date_effet, validite)))
}

fn pastille(etat: EtatArrete) -> Pastille {
    let ton = match etat {
        EtatArrete::AVenir => Etat::AFaire,
        EtatArrete::EnVigueur => Etat::Fait,
        EtatArrete::Echu => Etat::Retard,
        EtatArrete::Remplace => Etat::Neutre,
    };
    Pastille::new(ton, etat.libelle())
}
