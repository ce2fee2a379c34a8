//! The dated parameters of the rules, loaded from `reglement/*.toml` and validated.

mod ajouts;
mod regime;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::catalogue::{CATALOGUE, valider};
use super::dates_fr;
use super::echeance::Delai;
use super::montant::Montant;
use super::parametre::{Parametre, RegleCitee, couvre};
use super::regle::Citation;

/// Why parameters were refused, or one could not be found. Each is a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReglementError {
    /// A file that is not what is expected.
    #[error("le fichier de paramètres {fichier} est illisible : {cause}")]
    Fichier { fichier: String, cause: String },
    /// A key no rule knows.
    #[error("le paramètre « {0} » est inconnu des règles")]
    CleInconnue(String),
    /// A key no file gives.
    #[error("le paramètre « {0} » manque")]
    CleAbsente(String),
    /// A value that does not fit its key.
    #[error("le paramètre « {cle} » du {du} : {raison}")]
    Invalide {
        cle: String,
        du: NaiveDate,
        raison: String,
    },
    /// EXP-3: two values on one day contradict each other; neither is chosen.
    #[error("le paramètre « {cle} » a deux valeurs en vigueur le {le}")]
    Chevauchement { cle: String, le: NaiveDate },
    /// No value between two.
    #[error("le paramètre « {cle} » n’a aucune valeur entre le {du} et le {au}")]
    Trou {
        cle: String,
        du: NaiveDate,
        au: NaiveDate,
    },
    /// No value on a date.
    #[error("aucune valeur de « {cle} » en vigueur au {}", dates_fr::longue(*.date))]
    HorsPeriode { cle: String, date: NaiveDate },
    /// A value of another type than the rule reads.
    #[error("le paramètre « {0} » n’a pas le type attendu par la règle")]
    Type(String),
}

/// Content of one file of `reglement/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    #[serde(default)]
    parametre: Vec<Parametre>,
    #[serde(default)]
    regle: Vec<RegleCitee>,
}

/// The parameters and the dated sources of the rules. Serialised, it is what a decision is replayed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reglement {
    parametres: BTreeMap<String, Vec<Parametre>>,
    regles: BTreeMap<String, Vec<RegleCitee>>,
}

impl Reglement {
    /// The parameters shipped with the product: the national ones.
    ///
    /// # Errors
    /// Any defect of the embedded files, with a sentence.
    pub fn embarque() -> Result<Reglement, ReglementError> {
        Reglement::lire(&[
            (
                "avenant5.toml",
                include_str!("../../../reglement/avenant5.toml"),
            ),
            (
                "avenant7.toml",
                include_str!("../../../reglement/avenant7.toml"),
            ),
            (
                "produit.toml",
                include_str!("../../../reglement/produit.toml"),
            ),
        ])
    }

    /// Reads and validates files given as (name, content).
    ///
    /// # Errors
    /// An unreadable file, an unknown or missing key, a wrong unit or value, a gap, an overlap.
    pub fn lire(fichiers: &[(&str, &str)]) -> Result<Reglement, ReglementError> {
        let mut parametres = Vec::new();
        let mut regles: BTreeMap<String, Vec<RegleCitee>> = BTreeMap::new();
        for (nom, contenu) in fichiers {
            let fichier: Fichier =
                toml::from_str(contenu).map_err(|e| ReglementError::Fichier {
                    fichier: (*nom).to_owned(),
                    cause: e.to_string(),
                })?;
            parametres.extend(fichier.parametre);
            for regle in fichier.regle {
                regles.entry(regle.id.clone()).or_default().push(regle);
            }
        }
        Reglement::de(parametres, regles)
    }

    fn de(
        parametres: Vec<Parametre>,
        mut regles: BTreeMap<String, Vec<RegleCitee>>,
    ) -> Result<Reglement, ReglementError> {
        let mut par_cle: BTreeMap<String, Vec<Parametre>> = BTreeMap::new();
        for parametre in parametres {
            valider(&parametre)?;
            par_cle
                .entry(parametre.cle.clone())
                .or_default()
                .push(parametre);
        }
        if let Some(absente) = CATALOGUE.iter().find(|c| !par_cle.contains_key(c.cle)) {
            return Err(ReglementError::CleAbsente(absente.cle.to_owned()));
        }
        for (cle, valeurs) in &mut par_cle {
            valeurs.sort_by_key(|p| p.du);
            enchainer(cle, valeurs.iter().map(|p| (p.du, p.au)))?;
        }
        for (id, versions) in &mut regles {
            versions.sort_by_key(|r| r.du);
            enchainer(id, versions.iter().map(|r| (r.du, r.au)))?;
        }
        Ok(Reglement {
            parametres: par_cle,
            regles,
        })
    }

    /// Every dated value, ordered by key and date.
    pub fn tous(&self) -> impl Iterator<Item = &Parametre> {
        self.parametres.values().flatten()
    }

    /// Every value of a key, in order of date.
    pub fn historique(&self, cle: &str) -> &[Parametre] {
        self.parametres.get(cle).map_or(&[], Vec::as_slice)
    }

    /// Whether these were kept with a decision taken under the first edition of the rulebook (before 26 November
    /// 2026): the rules that the second one added or reordered are then read as they were (EXP-2).
    pub fn premiere_edition(&self) -> bool {
        !self.parametres.contains_key("alt.cumul")
    }

    /// The value of a key in force on a date.
    ///
    /// # Errors
    /// `HorsPeriode` when none is in force, `CleInconnue`.
    pub fn parametre(&self, cle: &str, date: NaiveDate) -> Result<&Parametre, ReglementError> {
        let valeurs = self
            .parametres
            .get(cle)
            .ok_or_else(|| ReglementError::CleInconnue(cle.to_owned()))?;
        valeurs
            .iter()
            .rev()
            .find(|p| p.en_vigueur(date))
            .ok_or_else(|| ReglementError::HorsPeriode {
                cle: cle.to_owned(),
                date,
            })
    }

    /// The value of a key on a date that may be unknown: the latest one when every value agrees,
    /// `None` when the answer depends on the date.
    ///
    /// # Errors
    /// As [`Reglement::parametre`].
    pub fn parametre_si(
        &self,
        cle: &str,
        date: Option<NaiveDate>,
    ) -> Result<Option<&Parametre>, ReglementError> {
        if let Some(date) = date {
            return self.parametre(cle, date).map(Some);
        }
        let valeurs = self
            .parametres
            .get(cle)
            .ok_or_else(|| ReglementError::CleInconnue(cle.to_owned()))?;
        Ok(valeurs
            .last()
            .filter(|derniere| valeurs.iter().all(|p| p.valeur == derniere.valeur)))
    }

    /// The latest dated value of a key: what is cited where the answer depends on an unknown date.
    ///
    /// # Errors
    /// `CleInconnue`.
    pub fn derniere(&self, cle: &str) -> Result<&Parametre, ReglementError> {
        self.historique(cle)
            .last()
            .ok_or_else(|| ReglementError::CleInconnue(cle.to_owned()))
    }

    /// The dated source of a rule; its latest version when the date is unknown.
    ///
    /// # Errors
    /// As [`Reglement::citation`].
    pub fn citation_si(
        &self,
        regle: &str,
        date: Option<NaiveDate>,
    ) -> Result<Citation, ReglementError> {
        if let Some(date) = date {
            return self.citation(regle, date);
        }
        let versions = self
            .regles
            .get(regle)
            .ok_or_else(|| ReglementError::CleInconnue(regle.to_owned()))?;
        versions
            .last()
            .map(RegleCitee::citation)
            .ok_or_else(|| ReglementError::CleInconnue(regle.to_owned()))
    }

    /// The dated source of a rule.
    ///
    /// # Errors
    /// `HorsPeriode` when none is in force, `CleInconnue`.
    pub fn citation(&self, regle: &str, date: NaiveDate) -> Result<Citation, ReglementError> {
        let versions = self
            .regles
            .get(regle)
            .ok_or_else(|| ReglementError::CleInconnue(regle.to_owned()))?;
        versions
            .iter()
            .rev()
            .find(|r| couvre(r.du, r.au, date))
            .map(RegleCitee::citation)
            .ok_or_else(|| ReglementError::HorsPeriode {
                cle: regle.to_owned(),
                date,
            })
    }

    /// A whole number in force on a date, in the unit of its key.
    ///
    /// # Errors
    /// As [`Reglement::parametre`], or `Type`.
    pub fn entier(&self, cle: &str, date: NaiveDate) -> Result<i64, ReglementError> {
        self.parametre(cle, date)?.entier()
    }

    /// A count (months, years, days) in force on a date.
    ///
    /// # Errors
    /// As [`Reglement::entier`].
    pub fn nombre(&self, cle: &str, date: NaiveDate) -> Result<u32, ReglementError> {
        self.parametre(cle, date)?.nombre()
    }

    /// An amount in force on a date.
    ///
    /// # Errors
    /// As [`Reglement::entier`].
    pub fn montant(&self, cle: &str, date: NaiveDate) -> Result<Montant, ReglementError> {
        self.entier(cle, date).map(Montant::centimes)
    }

    /// A yes or no in force on a date.
    ///
    /// # Errors
    /// As [`Reglement::entier`].
    pub fn oui(&self, cle: &str, date: NaiveDate) -> Result<bool, ReglementError> {
        self.parametre(cle, date)?.oui()
    }

    /// A code in force on a date.
    ///
    /// # Errors
    /// As [`Reglement::entier`].
    pub fn texte(&self, cle: &str, date: NaiveDate) -> Result<&str, ReglementError> {
        self.parametre(cle, date)?.texte()
    }

    /// A list of codes in force on a date.
    ///
    /// # Errors
    /// As [`Reglement::entier`].
    pub fn liste(&self, cle: &str, date: NaiveDate) -> Result<&[String], ReglementError> {
        self.parametre(cle, date)?.liste()
    }

    /// A delay (days, months or years) in force on a date.
    ///
    /// # Errors
    /// As [`Reglement::entier`].
    pub fn delai(&self, cle: &str, date: NaiveDate) -> Result<Delai, ReglementError> {
        self.parametre(cle, date)?.delai()
    }
}

/// Refuses gaps and overlaps between periods sorted by start.
fn enchainer(
    cle: &str,
    periodes: impl Iterator<Item = (NaiveDate, Option<NaiveDate>)>,
) -> Result<(), ReglementError> {
    let mut precedente: Option<Option<NaiveDate>> = None;
    for (du, au) in periodes {
        if let Some(fin) = precedente {
            let Some(fin) = fin.filter(|fin| *fin < du) else {
                return Err(ReglementError::Chevauchement {
                    cle: cle.to_owned(),
                    le: du,
                });
            };
            let attendu = fin.checked_add_days(Days::new(1));
            if let (Some(attendu), Some(veille)) = (
                attendu.filter(|a| *a < du),
                du.checked_sub_days(Days::new(1)),
            ) {
                return Err(ReglementError::Trou {
                    cle: cle.to_owned(),
                    du: attendu,
                    au: veille,
                });
            }
        }
        precedente = Some(au);
    }
    Ok(())
}
