//! An hour that somebody wrote, and whose it is.

use std::fmt;
use std::str::FromStr;

use super::INSECABLE;
use crate::calendrier::Territoire;
use crate::mots;

/// An hour of the clock where a caisse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heure {
    heures: u8,
    minutes: u8,
}

impl FromStr for Heure {
    type Err = String;

    /// Reads «14 h 30», «14h30», «14:30», «14 heures 30», «9 h», «à 9 heures».
    fn from_str(texte: &str) -> Result<Heure, String> {
        let plie = mots::fold(texte);
        let parts = plie.split(|c: char| !c.is_ascii_digit());
        let nombres: Vec<&str> = parts.filter(|p| !p.is_empty()).collect();
        let entre = plie.split(|c: char| c.is_ascii_digit() || c == ' ');
        let dits = entre.filter(|m| !m.is_empty());
        let mut heure = texte.contains(':') || nombres.len() == 2;
        let mut autre = texte.trim_start().starts_with(['-', '−']);
        for mot in dits {
            match mot {
                "h" | "heure" | "heures" => heure = true,
                "a" | "min" | "mn" | "minutes" => {}
                _ => autre = true,
            }
        }
        let lue = match nombres[..] {
            _ if autre || !heure => None,
            [h] => h.parse().ok().map(|heures| (heures, 0)),
            [h, m] if m.len() == 2 => h.parse().ok().zip(m.parse().ok()),
            _ => None,
        };
        let lue = lue.map(|(heures, minutes)| Heure { heures, minutes });
        lue.filter(|h| h.heures < 24 && h.minutes < 60)
            .ok_or_else(|| {
                format!(
                    "« {} » n’est pas une heure : écrivez par exemple 14 h 30",
                    texte.trim()
                )
            })
    }
}

impl fmt::Display for Heure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{INSECABLE}h", self.heures)?;
        match self.minutes {
            0 => Ok(()),
            minutes => write!(f, "{INSECABLE}{minutes:02}"),
        }
    }
}

/// Whose hour it is: «heure de Paris».
pub fn heure_de(territoire: Territoire) -> &'static str {
    use Territoire as T;
    match territoire {
        T::Metropole | T::AlsaceMoselle => "heure de Paris",
        T::Guadeloupe => "heure de la Guadeloupe",
        T::Martinique => "heure de la Martinique",
        T::Guyane => "heure de la Guyane",
        T::LaReunion => "heure de La Réunion",
        T::Mayotte => "heure de Mayotte",
        T::SaintBarthelemy => "heure de Saint-Barthélemy",
        T::SaintMartin => "heure de Saint-Martin",
        T::SaintPierreEtMiquelon => "heure de Saint-Pierre-et-Miquelon",
        T::NouvelleCaledonie => "heure de la Nouvelle-Calédonie",
        T::PolynesieFrancaise => "heure de la Polynésie française",
        T::WallisEtFutuna => "heure de Wallis-et-Futuna",
    }
}
