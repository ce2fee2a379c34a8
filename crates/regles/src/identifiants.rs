//! National identifiers: RPPS of a professional, INSEE code of a commune, code of a caisse.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{mots, saisie};

/// Why an identifier was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentifiantError {
    /// Not an RPPS; the text given.
    #[error("« {0} » n’est pas un numéro RPPS : 11 chiffres sont attendus")]
    Rpps(String),
    #[error(
        "« {0} » n’est pas un code INSEE de commune : 5 caractères sont attendus, par exemple 13055 ou 2A004"
    )]
    Insee(String),
    #[error("« {0} » n’est pas un code d’organisme : 3 chiffres sont attendus, par exemple 131")]
    CodeCaisse(String),
}

/// Declares the text type of an identifier: `Display`, `FromStr`, serde as text.
macro_rules! identifiant {
    ($(#[$doc:meta])* $nom:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $nom(String);

        impl $nom {
            /// The identifier as text, without separators.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $nom {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $nom {
            type Err = IdentifiantError;

            fn from_str(texte: &str) -> Result<Self, Self::Err> {
                let nu = sans_habillage(texte, $nom::ETIQUETTES);
                if $nom::est_valide(&nu) {
                    Ok($nom(nu))
                } else {
                    let montre = saisie::ligne(texte).chars().take(60).collect();
                    Err(IdentifiantError::$nom(montre))
                }
            }
        }

        impl TryFrom<String> for $nom {
            type Error = IdentifiantError;

            fn try_from(texte: String) -> Result<Self, Self::Error> {
                texte.parse()
            }
        }

        impl From<$nom> for String {
            fn from(identifiant: $nom) -> String {
                identifiant.0
            }
        }
    };
}

/// An identifier as it is pasted from a letter, a mail or a PDF, reduced to its letters and digits: spaces, dots and
/// dashes go, and so does what names it, before or after («N° RPPS : 10 003 456 789»).
fn sans_habillage(texte: &str, etiquettes: &[&str]) -> String {
    let mut nu = mots::fold(texte).replace(' ', "").to_ascii_uppercase();
    while let Some(reste) = etiquettes
        .iter()
        .find_map(|e| nu.strip_prefix(e).or_else(|| nu.strip_suffix(e)))
    {
        nu = reste.to_owned();
    }
    nu
}

identifiant! {
    /// National identifier of a health professional: 11 digits. Read as it is pasted.
    Rpps
}

identifiant! {
    /// INSEE code of a commune, Corsica (2A, 2B) and overseas included.
    Insee
}

identifiant! {
    /// Code of a CPAM or CGSS: 3 digits.
    CodeCaisse
}

impl Rpps {
    /// What people write before it or after it, folded, in capitals.
    const ETIQUETTES: &[&str] = &[
        "NUMERO",
        "NUM",
        "NO",
        "N",
        "RPPS",
        "IDENTIFIANT",
        "MON",
        "DE",
    ];

    fn est_valide(nu: &str) -> bool {
        nu.len() == 11 && nu.bytes().all(|b| b.is_ascii_digit())
    }

    /// Whether the Luhn key holds. Some real numbers fail it: a warning to confirm, never a refusal.
    pub fn cle_luhn_valide(&self) -> bool {
        let somme: u32 = self
            .0
            .bytes()
            .rev()
            .enumerate()
            .map(|(rang, b)| {
                let chiffre = u32::from(b - b'0');
                match (rang % 2, chiffre) {
                    (0, c) => c,
                    (_, c) if c > 4 => 2 * c - 9,
                    (_, c) => 2 * c,
                }
            })
            .sum();
        somme.is_multiple_of(10)
    }
}

impl Insee {
    const ETIQUETTES: &[&str] = &["CODE", "INSEE", "COMMUNE"];

    fn est_valide(nu: &str) -> bool {
        let octets = nu.as_bytes();
        octets.len() == 5
            && (nu.starts_with("2A")
                || nu.starts_with("2B")
                || octets[..2].iter().all(u8::is_ascii_digit))
            && !nu.starts_with("00")
            && octets[2..].iter().all(u8::is_ascii_digit)
    }

    /// Code of the département: 2 characters, 3 overseas.
    pub fn departement(&self) -> &str {
        if self.0.starts_with("97") || self.0.starts_with("98") {
            &self.0[..3]
        } else {
            &self.0[..2]
        }
    }
}

impl CodeCaisse {
    const ETIQUETTES: &[&str] = &[];

    fn est_valide(nu: &str) -> bool {
        nu.len() == 3 && nu.bytes().all(|b| b.is_ascii_alphanumeric())
    }
}
