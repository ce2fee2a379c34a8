//! The canonical text of an event: JSON as RFC 8785 writes it, whose only numbers are integers. Who acted and what is said of
//! people stand apart; the text holds nothing of them but a commitment, so that erasing them breaks no chain.

use chrono::{NaiveDateTime, Timelike};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::chaine::{Empreinte, engagement};
use super::effacement::Effacable;
use super::fait::{Code, Fait};

/// Largest integer that every reader of JSON takes for itself (RFC 8785, RFC 7493).
const ENTIER_MAX: u64 = (1 << 53) - 1;

/// Why an event was neither written nor read.
#[derive(Debug, thiserror::Error)]
pub enum CanonError {
    /// A number that is not an integer, or too large to be read alike everywhere.
    #[error("nombre refusé dans un événement : {0}")]
    Nombre(String),
    /// JSON that does not read as this event, or a value that JSON cannot say.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acteur {
    /// The account; none for the software itself.
    pub id: Option<i64>,
    /// The name as it was shown then.
    pub nom: String,
}

/// What is written: where, when, about what, by whom.
#[derive(Debug, Clone, Copy)]
pub struct Nouvelle<'a> {
    /// The chain: the code of a caisse, or the nation's.
    pub chaine: &'a str,
    /// When (UTC), kept to the microsecond.
    pub le: NaiveDateTime,
    /// The case whose timeline it is.
    pub dossier: Option<i64>,
    /// A second case that it happened to.
    pub lie: Option<i64>,
    /// Who.
    pub acteur: &'a Acteur,
    /// What.
    pub fait: &'a Fait,
}

/// An event ready to be chained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scellee {
    /// When, as the text says it.
    pub le: NaiveDateTime,
    /// The canonical text, which is hashed.
    pub texte: String,
    /// The personal part, which is not.
    pub personnel: String,
}

/// The canonical text, read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entree {
    /// The chain.
    pub chaine: String,
    /// The kind.
    pub code: Code,
    /// What is hashed of the payload.
    donnees: Map<String, Value>,
    /// The case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<i64>,
    /// When (UTC).
    pub le: NaiveDateTime,
    /// The second case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lie: Option<i64>,
    /// The commitment to the personal part.
    pub personnel: Empreinte,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Personnel {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    acteur: Option<i64>,
    donnees: Map<String, Value>,
    nom: String,
}

/// An event, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Lu {
    /// Who, or that it was erased.
    pub acteur: Acteur,
    /// What.
    pub fait: Fait,
}

/// JSON as RFC 8785 writes it.
///
/// # Errors
/// [`CanonError::Nombre`]: a number that is not an integer between −(2⁵³ − 1) and 2⁵³ − 1.
pub fn canonique(valeur: &Value) -> Result<String, CanonError> {
    entiers(valeur)?;
    Ok(serde_json_canonicalizer::to_string(valeur)?)
}

fn entiers(valeur: &Value) -> Result<(), CanonError> {
    match valeur {
        Value::Number(n) => {
            let taille = n.as_i64().map(i64::unsigned_abs).or_else(|| n.as_u64());
            match taille {
                Some(taille) if taille <= ENTIER_MAX => Ok(()),
                _ => Err(CanonError::Nombre(n.to_string())),
            }
        }
        Value::Array(valeurs) => valeurs.iter().try_for_each(entiers),
        Value::Object(champs) => champs.values().try_for_each(entiers),
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}

impl Nouvelle<'_> {
    /// Its canonical text under a salt, which nobody may guess, and its personal part.
    ///
    /// # Errors
    /// A number that is not an integer.
    pub fn sceller(&self, sel: &[u8]) -> Result<Scellee, CanonError> {
        let le = microsecondes(self.le);
        let personnel = canonique(&serde_json::to_value(Personnel {
            acteur: self.acteur.id,
            donnees: self.fait.personnelles()?,
            nom: self.acteur.nom.clone(),
        })?)?;
        let texte = canonique(&serde_json::to_value(Entree {
            chaine: self.chaine.to_owned(),
            code: self.fait.code(),
            donnees: self.fait.donnees()?,
            dossier: self.dossier,
            le,
            lie: self.lie,
            personnel: engagement(sel, &personnel),
        })?)?;
        Ok(Scellee {
            le,
            texte,
            personnel,
        })
    }
}

/// What both databases keep of an instant.
fn microsecondes(le: NaiveDateTime) -> NaiveDateTime {
    let nanos = le.nanosecond() / 1_000 * 1_000;
    le.with_nanosecond(nanos).unwrap_or(le)
}

impl Entree {
    /// Reads a canonical text.
    ///
    /// # Errors
    /// Text that is not one.
    pub fn lire(texte: &str) -> Result<Entree, CanonError> {
        Ok(serde_json::from_str(texte)?)
    }

    /// The event of this text; without its personal part, that part reads as erased.
    ///
    /// # Errors
    /// A payload that its kind does not have.
    pub fn evenement(self, personnel: Option<&str>) -> Result<Lu, CanonError> {
        let personnel: Option<Personnel> = personnel.map(serde_json::from_str).transpose()?;
        let (acteur, personnelles) = match personnel {
            Some(p) => (
                Acteur {
                    id: p.acteur,
                    nom: p.nom,
                },
                Some(p.donnees),
            ),
            None => (
                Acteur {
                    id: None,
                    nom: String::efface(),
                },
                None,
            ),
        };
        Ok(Lu {
            acteur,
            fait: Fait::lire(self.code, self.donnees, personnelles)?,
        })
    }
}
