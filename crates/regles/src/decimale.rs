//! Exact decimal quantities (percentages, months): never a float.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Number, Value};

/// Significant digits kept: more than any form needs, few enough for exact products.
const CHIFFRES_MAX: usize = 34;

/// An exact decimal: `mantisse × 10^-echelle`, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimale {
    mantisse: i128,
    echelle: u32,
}

/// Why a decimal was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecimaleError {
    /// Not a plain decimal (an exponent, a letter, two points…).
    #[error("« {0} » n’est pas un nombre décimal")]
    Illisible(String),
    /// Too many digits to compute with exactly.
    #[error("trop de chiffres : {CHIFFRES_MAX} au plus")]
    TropLong,
}

impl Decimale {
    /// A whole number.
    pub const fn entiere(n: i64) -> Self {
        Decimale {
            mantisse: n as i128,
            echelle: 0,
        }
    }

    /// Numerator of the fraction it is.
    pub const fn numerateur(self) -> i128 {
        self.mantisse
    }

    /// Denominator of the fraction it is, a power of ten; at most 10^34.
    pub const fn denominateur(self) -> i128 {
        10i128.pow(self.echelle)
    }

    /// Whether it is below zero.
    pub const fn est_negative(self) -> bool {
        self.mantisse < 0
    }

    /// The quantity as a JSON number where one says it exactly, as text otherwise.
    pub fn en_json(self) -> Value {
        let texte = self.to_string();
        let nombre = match texte.parse::<i64>() {
            Ok(entier) => Some(Number::from(entier)),
            Err(_) => texte
                .parse()
                .ok()
                .and_then(Number::from_f64)
                .filter(|n| n.to_string() == texte),
        };
        nombre.map_or(Value::String(texte), Value::Number)
    }

    /// Compares with a whole number, exactly.
    pub fn comparer(self, entier: i64) -> Ordering {
        let denominateur = self.denominateur();
        let (quotient, reste) = (
            self.mantisse.div_euclid(denominateur),
            self.mantisse.rem_euclid(denominateur),
        );
        quotient.cmp(&i128::from(entier)).then(if reste > 0 {
            Ordering::Greater
        } else {
            Ordering::Equal
        })
    }
}

/// Reads `12`, `-0.5`, `12.50`; the point or the French comma; no exponent.
impl FromStr for Decimale {
    type Err = DecimaleError;

    fn from_str(texte: &str) -> Result<Self, Self::Err> {
        let illisible = || DecimaleError::Illisible(texte.chars().take(40).collect());
        let (signe, nu) = texte
            .strip_prefix('-')
            .map_or((1, texte), |reste| (-1, reste));
        let (entier, fraction) = nu.split_once(['.', ',']).unwrap_or((nu, "0"));
        let chiffres = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !chiffres(entier) || !chiffres(fraction) {
            return Err(illisible());
        }
        let (entier, fraction) = (
            entier.trim_start_matches('0'),
            fraction.trim_end_matches('0'),
        );
        if entier.len() + fraction.len() > CHIFFRES_MAX {
            return Err(DecimaleError::TropLong);
        }
        let mantisse = entier
            .bytes()
            .chain(fraction.bytes())
            .fold(0i128, |n, b| n * 10 + i128::from(b - b'0'));
        let echelle = u32::try_from(fraction.len()).map_err(|_| DecimaleError::TropLong)?;
        Ok(Decimale {
            mantisse: signe * mantisse,
            echelle,
        })
    }
}

impl fmt::Display for Decimale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signe = if self.mantisse < 0 { "-" } else { "" };
        let (absolue, denominateur) = (
            self.mantisse.unsigned_abs(),
            self.denominateur().unsigned_abs(),
        );
        write!(f, "{signe}{}", absolue / denominateur)?;
        if self.echelle > 0 {
            write!(
                f,
                ".{:0largeur$}",
                absolue % denominateur,
                largeur = self.echelle as usize
            )?;
        }
        Ok(())
    }
}

/// Stored as text, so that nothing rounds it on the way.
impl Serialize for Decimale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
