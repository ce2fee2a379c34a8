//! CTR-1 to CTR-4: whether an incentive contract may be signed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::examen::Examen;
use super::conclusion::Conclusion;
use super::contrat::TypeContrat;
use super::decimale::Decimale;
use super::regle::RegleError;
use super::reglement::Reglement;
use super::zonage::Categorie;

mod cumul;
mod equipement;
mod examen;
mod installation;

text_enum! {
    /// Whether a contract may be signed.
    pub enum ResultatEligibilite {
        /// Every condition holds.
        Eligible = "eligible", "éligible";
        /// At least one does not.
        NonEligible = "non_eligible", "non éligible";
        /// None fails, at least one is unknown.
        Incomplet = "incomplet", "incomplet";
    }
}

text_enum! {
    /// How the MK settles.
    pub enum Mode {
        /// Creates a main cabinet.
        Creation = "creation", "création";
        /// Takes one over.
        Reprise = "reprise", "reprise";
        /// Joins an existing one.
        Installation = "installation", "installation";
        /// Stays in activity.
        Maintien = "maintien", "maintien";
    }
}

text_enum! {
    /// How the MK practises.
    pub enum Exercice {
        /// Alone.
        Seul = "seul", "seul";
        /// With other conventioned MKs in the same premises.
        Groupe = "groupe", "en groupe";
        /// In a multi-professional structure.
        Pluriprofessionnel = "pluriprofessionnel", "en structure pluriprofessionnelle";
        /// Exclusively at home.
        Domicile = "domicile", "exclusivement à domicile";
    }
}

/// A contract signed before.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ContratAnterieur {
    /// Which one.
    pub contrat: Option<TypeContrat>,
    /// First day.
    pub debut: Option<NaiveDate>,
    /// First day after it.
    pub fin: Option<NaiveDate>,
}

/// Facts about a candidate for a contract; `None` is unknown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each is named as in the evaluation contract, which describes it"
)]
pub struct FaitsEligibilite {
    pub contrat: Option<TypeContrat>,
    pub categorie: Option<Categorie>,
    pub signature: Option<NaiveDate>,
    pub mode: Option<Mode>,
    pub cessation_totale_titulaire: Option<bool>,
    pub contrats: Option<Vec<ContratAnterieur>>,
    pub installation_le: Option<NaiveDate>,
    pub collaborateur_depuis: Option<NaiveDate>,
    pub zonage_effet: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contrat_type_effet: Option<NaiveDate>,
    pub exercice: Option<Exercice>,
    pub remplacant_regulier: Option<bool>,
    pub logiciel_dmp: Option<bool>,
    pub sesam_vitale: Option<bool>,
    pub scor: Option<bool>,
    pub teletransmission_pct: Option<Decimale>,
    pub messagerie_securisee: Option<bool>,
}

/// Rules that do not hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ValeursEligibilite {
    /// Identifiers, each once, in the order of the text.
    pub regles_non_remplies: Vec<String>,
}

/// Answer about a candidate.
pub type ConclusionEligibilite = Conclusion<ResultatEligibilite, ValeursEligibilite>;

/// Whether the contract may be signed: every condition of CTR-1 to CTR-4, under the parameters of the signature. One
/// that fails decides, whatever is unknown elsewhere.
///
/// # Errors
/// An impossible fact, or no parameter in force at the signature (`champ` is `signature`).
pub fn evaluer(
    reglement: &Reglement,
    faits: &FaitsEligibilite,
) -> Result<ConclusionEligibilite, RegleError> {
    verifier(faits)?;
    examiner(reglement, faits).map_err(|e| match e {
        RegleError::Reglement(_) => RegleError::fait(
            "signature",
            "les règles de ce jour ne sont pas connues : indiquez un jour plus récent",
        ),
        autre => autre,
    })
}

fn examiner(
    reglement: &Reglement,
    faits: &FaitsEligibilite,
) -> Result<ConclusionEligibilite, RegleError> {
    let mut examen = Examen::nouveau(reglement, faits);
    let Some(contrat) = faits.contrat else {
        examen.contrat_inconnu()?;
        return Ok(examen.conclure());
    };
    examen.ouvert(contrat)?;
    examen.zone(contrat)?;
    examen.mode(contrat)?;
    if contrat == TypeContrat::Caccmk {
        examen.reprise()?;
    }
    examen.installation(contrat)?;
    examen.exercice(contrat)?;
    examen.cumul(contrat)?;
    examen.equipement()?;
    Ok(examen.conclure())
}

fn verifier(faits: &FaitsEligibilite) -> Result<(), RegleError> {
    if faits
        .teletransmission_pct
        .is_some_and(|t| t.est_negative() || t.comparer(100).is_gt())
    {
        return Err(RegleError::fait(
            "teletransmission_pct",
            "un taux va de 0 à 100 %",
        ));
    }
    for (rang, c) in faits.contrats.iter().flatten().enumerate() {
        if let (Some(debut), Some(fin)) = (c.debut, c.fin)
            && fin < debut
        {
            return Err(RegleError::fait(
                format!("contrats.{rang}.fin"),
                "la fin du contrat précède son début",
            ));
        }
    }
    Ok(())
}
