//! The aids of a zone: which contracts it opens, how much, when.

use chrono::NaiveDate;
use regles::contrat::Regime;
use regles::incitation::{self, Prevu};
use regles::montant::Montant;
use regles::reglement::{Reglement, ReglementError};
use regles::zonage::Categorie;

use crate::web::simulateur::mots;

/// A contract that the zone opens.
pub struct AideOuverte {
    /// «Contrat de création de cabinet».
    pub nom: &'static str,
    /// «CACCMK : je crée ou reprends un cabinet».
    pub pour: String,
    /// «49 000,00 €».
    pub jusqu_a: String,
    /// «30 000,00 € à la signature, puis…; cinq ans».
    pub quand: String,
}

/// The aids of a zone.
pub struct AidesDeZone {
    /// The contracts, the greatest first.
    pub contrats: Vec<AideOuverte>,
    /// What the greatest gives, and for how long.
    pub maximum: (String, String),
    /// CTR-9: a month of a trainee.
    pub stage: String,
}

fn annees(duree: u32) -> String {
    match mots::compte(duree as usize) {
        un if duree == 1 => format!("{un} an"),
        plusieurs => format!("{plusieurs} ans"),
    }
}

fn dite(prevu: &Prevu) -> Result<AideOuverte, ReglementError> {
    Ok(AideOuverte {
        nom: mots::nom(prevu.contrat),
        pour: format!(
            "{} : {}",
            prevu.contrat.libelle(),
            mots::pour_qui(prevu.contrat)
        ),
        jusqu_a: prevu.total()?.to_string(),
        quand: format!("{} ; {}", prevu.quand(), annees(prevu.duree)),
    })
}

/// The aids that a zone opens on a day; none where it opens no contract.
///
/// # Errors
/// A parameter that is not in force.
pub fn ouvertes(
    reglement: &Reglement,
    categorie: Categorie,
    jour: NaiveDate,
) -> Result<Option<AidesDeZone>, ReglementError> {
    let ouverts = incitation::ouverts(reglement, categorie, jour)?;
    let Some(premier) = ouverts.first() else {
        return Ok(None);
    };
    let regime = Regime::du(reglement, jour)?;
    let stage = reglement
        .du_regime("stage.mensuel", regime, Some(jour))?
        .map(|p| p.entier())
        .transpose()?
        .map(Montant::centimes);
    Ok(Some(AidesDeZone {
        maximum: (premier.total()?.to_string(), annees(premier.duree)),
        stage: stage.map(|m| m.to_string()).unwrap_or_default(),
        contrats: ouverts.iter().map(dite).collect::<Result<_, _>>()?,
    }))
}
