//! ZON: the categories of an arrêté de zonage.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub mod classement;
pub mod decoupage;
pub mod deplacement;

use super::conclusion::{Conclusion, inconnus};
use super::dates_fr;
use super::echeance::fin_brute;
use super::identifiants::Insee;
use super::regle::{Constat, Explication, RegleError};
use super::reglement::Reglement;

text_enum! {
    /// Category of a bassin in an arrêté (ZON-1). Whether it is regulated depends on the regime of the
    /// arrêté (avenant 5 or 7), which is why the categories of both are distinct.
    pub enum Categorie {
        /// Avenant 7, category 1.
        TresSousDotee = "tres_sous_dotee", "très sous-dotée";
        /// Avenant 7, category 2.
        SousDotee = "sous_dotee", "sous-dotée";
        /// Avenant 7, category 3.
        Intermediaire = "intermediaire", "intermédiaire";
        /// Avenant 7, category 4: the regulated one.
        NonPrioritaire = "non_prioritaire", "non prioritaire";
        /// Avenants 5 and 6.
        TresDoteeAv5 = "tres_dotee_av5", "très dotée (avenant 5)";
        /// Avenants 5 and 6: the category regulated then.
        SurDoteeAv5 = "sur_dotee_av5", "sur-dotée (avenant 5)";
    }
}

impl Categorie {
    /// Whether one departure opens one arrival there (REG-1): the category regulated by its regime.
    pub fn est_regulee(self) -> bool {
        matches!(self, Categorie::NonPrioritaire | Categorie::SurDoteeAv5)
    }

    /// Whether a commitment of ALT-1 (b), or a clinicat of ALT-2, may be made there.
    pub fn est_sous_dotee(self) -> bool {
        matches!(self, Categorie::TresSousDotee | Categorie::SousDotee)
    }
}

/// The zone of a commune on a date (ZON-6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneResolue {
    /// Category of the bassin of the commune.
    pub categorie: Categorie,
    /// Code of the bassin.
    pub bassin: String,
    /// Reference of the arrêté, where it is known.
    pub arrete: Option<String>,
    /// First day in force of the arrêté.
    pub date_effet: NaiveDate,
}

/// Why a commune has no category on a date: never a guess (ZON-6).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ZoneError {
    /// The INSEE code is not in the reference data.
    #[error("la commune {0} est inconnue du référentiel")]
    CommuneInconnue(Insee),
    /// The commune belongs to no bassin.
    #[error("la commune {0} n’est rattachée à aucun bassin")]
    SansBassin(Insee),
    /// The bassin has no category in the arrêté in force.
    #[error("le bassin {bassin} de la commune {commune} n’est pas classé par l’arrêté en vigueur")]
    SansCategorie {
        /// The commune asked.
        commune: Insee,
        /// Its bassin.
        bassin: String,
    },
    /// No arrêté of the région d’attribution is in force.
    #[error("aucun arrêté de zonage en vigueur au {date} pour la commune {commune}")]
    SansArrete {
        /// The commune asked.
        commune: Insee,
        /// The date asked.
        date: NaiveDate,
    },
    /// The zonage cannot be read here.
    #[error("le zonage n’est pas disponible : {0}")]
    Indisponible(String),
}

/// Where categories are read: the database, or a table in memory.
pub trait ResolveurDeZone {
    /// The zone of a commune on a date.
    ///
    /// # Errors
    /// What is missing, named.
    fn resoudre(&self, commune: &Insee, date: NaiveDate) -> Result<ZoneResolue, ZoneError>;
}

/// No zonage at hand: every other evaluation is pure and works without one.
#[derive(Debug, Clone, Copy, Default)]
pub struct SansZonage;

impl ResolveurDeZone for SansZonage {
    fn resoudre(&self, _commune: &Insee, _date: NaiveDate) -> Result<ZoneResolue, ZoneError> {
        Err(ZoneError::Indisponible(
            "aucune base de référence n’est ouverte".to_owned(),
        ))
    }
}

/// Values of the evaluation of a zone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValeursZone {
    /// Code of the bassin.
    pub bassin: Option<String>,
    /// Reference of the arrêté.
    pub arrete: Option<String>,
    /// First day in force of the arrêté.
    pub date_effet: Option<NaiveDate>,
    /// Whether one departure opens one arrival there.
    pub regulee: Option<bool>,
}

/// The category of a commune on a date, with its explanation (ZON-1, ZON-5, ZON-6); `None` is
/// «incomplet».
///
/// # Errors
/// No category: what is missing is named, never guessed.
pub fn evaluer(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    commune: Option<&Insee>,
    zones: &dyn ResolveurDeZone,
) -> Result<Conclusion<Option<Categorie>, ValeursZone>, RegleError> {
    let mut explication = Explication::nouvelle();
    let zon_6 = reglement.citation_si("ZON-6", date)?;
    let (Some(date), Some(commune)) = (date, commune) else {
        let manquants = inconnus([("commune", commune.is_some()), ("date", date.is_some())]);
        for manquant in &manquants {
            let libelle = "La catégorie se lit à une date, pour une commune";
            explication.ajouter(zon_6.clone().etape(
                libelle,
                Constat::Inconnu,
                manquant.clone(),
                json!(null),
                "connu",
            ));
        }
        return Ok(Conclusion {
            resultat: None,
            valeurs: ValeursZone::default(),
            manquants,
            explication,
        });
    };
    let zone = zones
        .resoudre(commune, date)
        .map_err(|e| RegleError::fait("commune", e.to_string()))?;
    let reference = zone.arrete.as_deref().unwrap_or("sans numéro connu");
    explication.ajouter(zon_6.etape(
        format!(
            "Bassin {}, classé {} par l’arrêté {reference}",
            zone.bassin, zone.categorie
        ),
        Constat::Rempli,
        "commune",
        json!(commune),
        format!(
            "arrêté en vigueur depuis le {}",
            dates_fr::longue(zone.date_effet)
        ),
    ));
    let duree = reglement.parametre("zonage.duree_validite", date)?;
    let terme = fin_brute(zone.date_effet, duree.delai()?);
    let valide = terme.is_none_or(|terme| date < terme);
    explication.ajouter(duree.citation().etape(
        "L’arrêté est dans sa durée de validité",
        Constat::de(Some(valide)),
        "date",
        json!(date),
        terme.map_or_else(|| "sans terme".to_owned(), |t| format!("< {t}")),
    ));
    if !valide {
        let apres = reglement.parametre("zonage.apres_echeance", date)?;
        if apres.texte()? != "maintenu" {
            let message = format!(
                "l’arrêté {reference} a dépassé sa durée de validité et n’est pas remplacé"
            );
            return Err(RegleError::fait("date", message));
        }
        explication.ajouter(apres.citation().etape(
            "Un arrêté dont la validité est dépassée s’applique jusqu’à son remplacement",
            Constat::Rempli,
            "date",
            json!(date),
            "maintenu",
        ));
    }
    let regulee = zone.categorie.est_regulee();
    explication.ajouter(reglement.citation("REG-1", date)?.etape(
        "La zone est régulée : un départ, une arrivée",
        Constat::de(Some(regulee)),
        "categorie",
        json!(zone.categorie),
        "non_prioritaire ou sur_dotee_av5",
    ));
    let valeurs = ValeursZone {
        bassin: Some(zone.bassin),
        arrete: zone.arrete,
        date_effet: Some(zone.date_effet),
        regulee: Some(regulee),
    };
    Ok(Conclusion {
        resultat: Some(zone.categorie),
        valeurs,
        manquants: Vec::new(),
        explication,
    })
}
