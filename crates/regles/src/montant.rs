//! Money: whole euro cents, rounded half up, never a float.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An amount in euro cents.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Montant(i64);

/// Why an amount was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MontantError {
    /// Not an amount; the text given.
    #[error("« {0} » n’est pas un montant : écrire par exemple 7 200,00")]
    Illisible(String),
    /// Does not fit in 64 bits of cents.
    #[error("montant hors limites")]
    HorsLimites,
}

impl Montant {
    /// Nothing.
    /// Nothing.
    pub const ZERO: Montant = Montant(0);

    /// From cents.
    pub const fn centimes(centimes: i64) -> Self {
        Montant(centimes)
    }

    /// In cents.
    pub const fn en_centimes(self) -> i64 {
        self.0
    }

    /// `self × numerateur ÷ denominateur`, rounded once, half up (a half goes away from zero).
    ///
    /// # Errors
    /// `HorsLimites` when the denominator is not positive or the result does not fit.
    pub fn fraction(self, numerateur: i128, denominateur: i128) -> Result<Montant, MontantError> {
        if denominateur <= 0 {
            return Err(MontantError::HorsLimites);
        }
        let produit = i128::from(self.0)
            .checked_mul(numerateur)
            .ok_or(MontantError::HorsLimites)?;
        let (quotient, reste) = (produit / denominateur, produit % denominateur);
        // Compared without doubling, so that nothing can overflow.
        let arrondi = if reste.abs() >= denominateur - reste.abs() {
            quotient + produit.signum()
        } else {
            quotient
        };
        i64::try_from(arrondi)
            .map(Montant)
            .map_err(|_| MontantError::HorsLimites)
    }

    /// Sum, or `HorsLimites`.
    ///
    /// # Errors
    /// `HorsLimites` when the sum does not fit.
    pub fn plus(self, autre: Montant) -> Result<Montant, MontantError> {
        self.0
            .checked_add(autre.0)
            .map(Montant)
            .ok_or(MontantError::HorsLimites)
    }

    /// Difference, or `HorsLimites`.
    ///
    /// # Errors
    /// `HorsLimites` when the difference does not fit.
    pub fn moins(self, autre: Montant) -> Result<Montant, MontantError> {
        self.0
            .checked_sub(autre.0)
            .map(Montant)
            .ok_or(MontantError::HorsLimites)
    }
}

/// «7 200,00 €»: narrow no-break space between thousands, no-break space before the sign.
impl fmt::Display for Montant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let absolu = self.0.unsigned_abs();
        let signe = if self.0 < 0 { "−" } else { "" };
        let euros = milliers(absolu / 100);
        write!(f, "{signe}{euros},{:02}\u{a0}€", absolu % 100)
    }
}

/// «34 922», «−5»: a whole number, narrow no-break space between thousands.
pub fn grouper(n: i64) -> String {
    let signe = if n < 0 { "−" } else { "" };
    format!("{signe}{}", milliers(n.unsigned_abs()))
}

fn milliers(n: u64) -> String {
    let chiffres = n.to_string();
    let mut ecrit = String::with_capacity(chiffres.len() + 8);
    for (rang, chiffre) in chiffres.chars().enumerate() {
        if rang > 0 && (chiffres.len() - rang).is_multiple_of(3) {
            ecrit.push('\u{202f}');
        }
        ecrit.push(chiffre);
    }
    ecrit
}

/// Reads «7 200,00 €», «7200», «7200.5»; spaces of any kind are tolerated.
impl FromStr for Montant {
    type Err = MontantError;

    fn from_str(texte: &str) -> Result<Self, Self::Err> {
        let illisible = || MontantError::Illisible(texte.trim().to_owned());
        let nu: String = texte
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '€')
            .collect();
        let (signe, nu) = match nu.strip_prefix(['-', '−']) {
            Some(reste) => (-1, reste),
            None => (1, nu.as_str()),
        };
        let (euros, centimes) = nu.split_once([',', '.']).unwrap_or((nu, ""));
        let chiffres = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if euros.is_empty() || !chiffres(euros) || !chiffres(centimes) || centimes.len() > 2 {
            return Err(illisible());
        }
        let euros: i64 = euros.parse().map_err(|_| MontantError::HorsLimites)?;
        let centimes: i64 = format!("{centimes:0<2}").parse().map_err(|_| illisible())?;
        euros
            .checked_mul(100)
            .and_then(|e| e.checked_add(centimes))
            .map(|c| Montant(signe * c))
            .ok_or(MontantError::HorsLimites)
    }
}
