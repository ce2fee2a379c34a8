//! CAT: the catalogue of aids. What ships with the product, over which lie the corrections and the local aids that two
//! persons agreed on in an installation.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::contrat::{Regime, TypeContrat};
use super::montant::Montant;
use super::parametre::couvre;
use super::reglement::{Reglement, ReglementError};
use super::zonage::Categorie;

pub mod proposition;

text_enum! {
    /// A profession that aids are for.
    pub enum Profession {
        /// Masseur-kinésithérapeute.
        Kine = "kine", "Masseur-kinésithérapeute";
        /// Doctor.
        Medecin = "medecin", "Médecin";
        /// Dentist.
        Dentiste = "dentiste", "Chirurgien-dentiste";
        /// Nurse.
        Infirmier = "infirmier", "Infirmière, infirmier";
        /// Midwife.
        SageFemme = "sage_femme", "Sage-femme";
        /// Speech therapist.
        Orthophoniste = "orthophoniste", "Orthophoniste";
        /// Podologist.
        Podologue = "podologue", "Pédicure-podologue";
        /// In studies of medicine or odontology.
        Etudiant = "etudiant", "En études de médecine ou d’odontologie";
    }
}

text_enum! {
    /// Who pays an aid.
    pub enum Payeur {
        /// The health insurance.
        AssuranceMaladie = "assurance_maladie", "Assurance maladie";
        /// The regional health agency.
        Ars = "ars", "Agence régionale de santé";
        /// A collectivité territoriale.
        Collectivite = "collectivite", "Collectivité territoriale";
        /// The State, its taxes included.
        Etat = "etat", "État";
    }
}

text_enum! {
    /// Where an aid is given.
    pub enum ZoneAidee {
        /// Very under-served, for masseurs-kinésithérapeutes.
        TresSousDotee = "tres_sous_dotee", "Très sous-dotée";
        /// Under-served.
        SousDotee = "sous_dotee", "Sous-dotée";
        /// A fragile zone, for doctors.
        Fragile = "fragile", "Zone fragile (médecins)";
        /// A zone of the profession's own zoning, which is not known here.
        Profession = "profession", "Zonage de la profession";
        /// A zone that its text or its collectivité defines.
        Locale = "locale", "Zone définie localement ou par la loi";
    }
}

text_enum! {
    /// What an aid is.
    pub enum NatureAide {
        /// A contract.
        Contrat = "contrat", "Contrat";
        /// What adds to one.
        Complement = "complement", "Complément d’un contrat";
        /// Paid during studies.
        Bourse = "bourse", "Aide pendant les études";
        /// A tax that is not paid.
        Impot = "impot", "Exonération d’impôt";
        /// Of a collectivité.
        Locale = "locale", "Aide locale";
    }
}

/// An aid over a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aide {
    /// What it is known by: the same for all its periods.
    pub code: String,
    /// Its name.
    pub nom: String,
    /// Its initials.
    #[serde(default)]
    pub sigle: Option<String>,
    /// What it is.
    pub nature: NatureAide,
    /// For whom.
    pub professions: Vec<Profession>,
    /// Who pays.
    pub payeurs: Vec<Payeur>,
    /// Where, to filter.
    pub zones: Vec<ZoneAidee>,
    /// Where, in words.
    pub zone: String,
    /// Départements, for an aid of some only; everywhere when empty.
    #[serde(default)]
    pub departements: Vec<String>,
    /// How much, in words; empty when `parametres` says it.
    #[serde(default)]
    pub montant: String,
    /// Whose parameters say how much: a contract, or `stage`.
    #[serde(default)]
    pub parametres: Option<String>,
    /// Other amounts, one a line.
    #[serde(default)]
    pub details: Vec<String>,
    /// For how long.
    #[serde(default)]
    pub duree: Option<String>,
    /// On what conditions, one a line.
    #[serde(default)]
    pub conditions: Vec<String>,
    /// What it may not be combined with, and what may follow it.
    #[serde(default)]
    pub cumul: Option<String>,
    /// Whether one may still ask for it.
    #[serde(default = "oui")]
    pub ouvert: bool,
    /// The text that founds it, in plain words.
    pub fondement: String,
    /// Known from a secondary source only.
    #[serde(default)]
    pub a_confirmer: bool,
    /// Where its figures were read.
    pub source: String,
    /// Status of that source: a letter of the rulebook.
    pub statut: String,
    /// When they were.
    pub verifie_le: NaiveDate,
    /// First day, if it is known.
    #[serde(default)]
    pub du: Option<NaiveDate>,
    /// Last day of a former value.
    #[serde(default)]
    pub au: Option<NaiveDate>,
}

fn oui() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    aide: Vec<Aide>,
}

static AIDES: LazyLock<Result<Vec<Aide>, String>> = LazyLock::new(|| {
    toml::from_str::<Fichier>(include_str!("../../../reglement/aides.toml"))
        .map(|fichier| fichier.aide)
        .map_err(|e| e.to_string())
});

/// The aids that ship with the product do not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("aides illisibles : {0}")]
pub struct AidesIllisibles(pub String);

/// Every aid that ships with the product, former values included, in the order of the catalogue.
///
/// # Errors
/// [`AidesIllisibles`]; a test keeps it from happening.
pub fn livrees() -> Result<&'static [Aide], AidesIllisibles> {
    AIDES.as_deref().map_err(|e| AidesIllisibles(e.clone()))
}

/// The catalogue with what two persons agreed on laid over it: a correction ends the value in force on the eve of its first
/// day, and keeps it as a former one.
///
/// # Errors
/// [`AidesIllisibles`].
pub fn superposer(approuvees: Vec<Aide>) -> Result<Vec<Aide>, AidesIllisibles> {
    let mut toutes = livrees()?.to_vec();
    for nouvelle in approuvees {
        if let Some(du) = nouvelle.du {
            for ancienne in toutes.iter_mut() {
                let courante = ancienne.code == nouvelle.code && ancienne.au.is_none();
                if courante && ancienne.du.is_none_or(|debut| debut < du) {
                    ancienne.au = du.pred_opt();
                }
            }
        }
        let rang = toutes.iter().position(|a| a.code == nouvelle.code);
        toutes.insert(rang.unwrap_or(toutes.len()), nouvelle);
    }
    Ok(toutes)
}

impl Aide {
    /// Whether it is the value of that day.
    pub fn en_vigueur(&self, jour: NaiveDate) -> bool {
        couvre(self.du.unwrap_or(NaiveDate::MIN), self.au, jour)
    }

    /// Whether it is a former value on that day.
    pub fn ancienne(&self, jour: NaiveDate) -> bool {
        self.au.is_some_and(|au| au < jour)
    }

    /// Whether it is given in a département.
    pub fn donnee_dans(&self, departement: &str) -> bool {
        self.departements.is_empty() || self.departements.iter().any(|d| d == departement)
    }

    /// The contract that it is, whose rules and payments are known here.
    pub fn contrat(&self) -> Option<TypeContrat> {
        self.parametres.as_deref()?.parse().ok()
    }

    /// The day of the parameters that say how much: its last day for a former value.
    fn jour(&self, jour: NaiveDate) -> NaiveDate {
        self.au.map_or(jour, |au| au.min(jour))
    }

    /// How much it gives on that day.
    ///
    /// # Errors
    /// A parameter that is not in force.
    pub fn montants(
        &self,
        reglement: &Reglement,
        jour: NaiveDate,
    ) -> Result<Montants, ReglementError> {
        let dit = |total: String, details: Vec<String>| {
            let mut details = details;
            details.extend(self.details.iter().cloned());
            Ok(Montants { total, details })
        };
        let jour = self.jour(jour);
        match (self.parametres.as_deref(), self.contrat()) {
            (None, _) => dit(self.montant.clone(), Vec::new()),
            (_, Some(TypeContrat::Cimk)) => {
                let equipement = reglement.montant("contrat.cimk.equipement_max", jour)?;
                let cotisations = reglement.montant("contrat.cimk.cotisations_annuelles", jour)?;
                dit(
                    format!(
                        "Jusqu’à {equipement} d’équipement et {cotisations} de cotisations par an"
                    ),
                    Vec::new(),
                )
            }
            (_, Some(contrat)) => {
                let prevu = prevu(reglement, contrat, jour)?;
                dit(prevu.total()?.to_string(), prevu.details(reglement, jour)?)
            }
            (Some(_), None) => {
                let regime = Regime::du(reglement, jour)?;
                let mensuel = reglement
                    .du_regime("stage.mensuel", regime, Some(jour))?
                    .ok_or_else(|| ReglementError::CleInconnue("stage.mensuel".to_owned()))?
                    .entier()?;
                dit(
                    format!("{} par mois de stage", Montant::centimes(mensuel)),
                    Vec::new(),
                )
            }
        }
    }
}

/// How much an aid gives, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Montants {
    /// All together.
    pub total: String,
    /// How it comes, and what may add to it.
    pub details: Vec<String>,
}

/// The schedule of a contract, as the catalogue says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prevu {
    /// Which.
    pub contrat: TypeContrat,
    /// For how many years.
    pub duree: u32,
    /// What each year pays; those that pay nothing are left out.
    pub annees: Vec<Montant>,
}

/// CTR-6: what each year of a contract signed on that day pays, whole.
///
/// # Errors
/// A parameter that is not in force.
pub fn prevu(
    reglement: &Reglement,
    contrat: TypeContrat,
    jour: NaiveDate,
) -> Result<Prevu, ReglementError> {
    let duree = reglement.nombre(&contrat.cle("duree"), jour)?;
    let mut annees = Vec::new();
    for rang in 1..=duree {
        let montant = if contrat == TypeContrat::Cammk {
            let regime = Regime::du(reglement, jour)?;
            let cle = contrat.cle("versement");
            let annuel = reglement.du_regime(&cle, regime, Some(jour))?;
            annuel.ok_or(ReglementError::CleInconnue(cle))?.entier()?
        } else {
            reglement.entier(&contrat.cle(&format!("versement.{rang}")), jour)?
        };
        if montant > 0 {
            annees.push(Montant::centimes(montant));
        }
    }
    Ok(Prevu {
        contrat,
        duree,
        annees,
    })
}

/// CTR-1: the contracts that a zone opens to new signatures on that day, the greatest first; none where the parameters of
/// that day do not go back so far.
///
/// # Errors
/// A parameter that is not of its type.
pub fn ouverts(
    reglement: &Reglement,
    categorie: Categorie,
    jour: NaiveDate,
) -> Result<Vec<Prevu>, ReglementError> {
    let mut ouverts = Vec::new();
    for contrat in [TypeContrat::Caccmk, TypeContrat::Caimk, TypeContrat::Cammk] {
        let zones = match reglement.liste(&contrat.cle("categories"), jour) {
            Err(ReglementError::HorsPeriode { .. }) => continue,
            autre => autre?,
        };
        let ouvert = reglement.oui(&contrat.cle("ouvert"), jour)?;
        if ouvert && zones.iter().any(|z| z == categorie.as_str()) {
            ouverts.push(prevu(reglement, contrat, jour)?);
        }
    }
    ouverts
        .sort_by_key(|p| std::cmp::Reverse(p.annees.iter().map(|m| m.en_centimes()).sum::<i64>()));
    Ok(ouverts)
}

impl Prevu {
    /// All years together.
    ///
    /// # Errors
    /// The sum does not fit.
    pub fn total(&self) -> Result<Montant, ReglementError> {
        let somme = self
            .annees
            .iter()
            .try_fold(Montant::ZERO, |somme, annee| somme.plus(*annee));
        somme.map_err(|_| ReglementError::Type(self.contrat.cle("versement")))
    }

    /// «30 000,00 € à la signature, puis 9 000,00 €, 5 000,00 € et 5 000,00 €», or «4 000,00 € par an».
    pub fn quand(&self) -> String {
        let Some((premiere, suite)) = self.annees.split_first() else {
            return String::new();
        };
        if suite.iter().all(|annee| annee == premiere) {
            return format!("{premiere} par an");
        }
        let mut dites: Vec<String> = suite.iter().map(Montant::to_string).collect();
        let derniere = dites.pop();
        let suite = match (dites.is_empty(), derniere) {
            (_, None) => return format!("{premiere} à la signature"),
            (true, Some(seule)) => seule,
            (false, Some(derniere)) => format!("{} et {derniere}", dites.join(", ")),
        };
        format!("{premiere} à la signature, puis {suite}")
    }

    fn details(
        &self,
        reglement: &Reglement,
        jour: NaiveDate,
    ) -> Result<Vec<String>, ReglementError> {
        let mut details = vec![self.quand()];
        if self.contrat.a_plancher_d_actes() {
            let taux = reglement.entier("contrat.modulation_taux", jour)?;
            let supplement = self
                .total()?
                .fraction(i128::from(taux), 100)
                .map_err(|_| ReglementError::Type("contrat.modulation_taux".to_owned()))?;
            details.push(format!("{supplement} de plus où l’ARS module le contrat"));
        }
        Ok(details)
    }
}
