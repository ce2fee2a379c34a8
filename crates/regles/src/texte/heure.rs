//! An hour that somebody wrote, and whose it is.

use std::fmt;
use std::str::FromStr;

use super::INSECABLE;
use crate::calendrier::Territoire;

/// An hour of the clock where a caisse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heure {
    heures: u8,
    minutes: u8,
}

impl FromStr for Heure {
    type Err = String;

    /// Reads «14 h 30», «14h30», «14:30», «9 h».
    fn from_str(texte: &str) -> Result<Heure, String> {
        let nu: String = texte.chars().filter(|c| !c.is_whitespace()).collect();
        let lue = nu.split_once([':', 'h', 'H']).and_then(|(h, m)| {
            let minutes = match m {
                "" => 0,
                m if m.len() == 2 => m.parse().ok()?,
                _ => return None,
            };
            Some(Heure {
                heures: h.parse().ok()?,
                minutes,
            })
        });
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
