//! ZON: the categories of an arrêté de zonage.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Category of a bassin in an arrêté (ZON-1). Whether it is regulated depends on the regime of the
/// arrêté (avenant 5 or 7), which is why the categories of both are distinct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Categorie {
    TresSousDotee,
    SousDotee,
    Intermediaire,
    NonPrioritaire,
    /// Avenants 5 and 6.
    TresDoteeAv5,
    /// Avenants 5 and 6: the category regulated then.
    SurDoteeAv5,
}

/// A text that names no category.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("« {0} » n’est pas une catégorie de zonage")]
pub struct CategorieInconnue(pub String);

impl Categorie {
    /// Every category, avenant 7 first, in the order of the text.
    pub const TOUTES: [Categorie; 6] = [
        Categorie::TresSousDotee,
        Categorie::SousDotee,
        Categorie::Intermediaire,
        Categorie::NonPrioritaire,
        Categorie::TresDoteeAv5,
        Categorie::SurDoteeAv5,
    ];

    /// The code of the evaluation contract, also the one stored and imported.
    pub fn as_str(self) -> &'static str {
        match self {
            Categorie::TresSousDotee => "tres_sous_dotee",
            Categorie::SousDotee => "sous_dotee",
            Categorie::Intermediaire => "intermediaire",
            Categorie::NonPrioritaire => "non_prioritaire",
            Categorie::TresDoteeAv5 => "tres_dotee_av5",
            Categorie::SurDoteeAv5 => "sur_dotee_av5",
        }
    }

    /// What a screen says, in French.
    pub fn libelle(self) -> &'static str {
        match self {
            Categorie::TresSousDotee => "très sous-dotée",
            Categorie::SousDotee => "sous-dotée",
            Categorie::Intermediaire => "intermédiaire",
            Categorie::NonPrioritaire => "non prioritaire",
            Categorie::TresDoteeAv5 => "très dotée (avenant 5)",
            Categorie::SurDoteeAv5 => "sur-dotée (avenant 5)",
        }
    }

    /// Whether one departure opens one arrival there (REG-1): the category regulated by its regime.
    pub fn est_regulee(self) -> bool {
        matches!(self, Categorie::NonPrioritaire | Categorie::SurDoteeAv5)
    }

    /// Whether a commitment of ALT-1 (b), or a clinicat of ALT-2, may be made there.
    pub fn est_sous_dotee(self) -> bool {
        matches!(self, Categorie::TresSousDotee | Categorie::SousDotee)
    }
}

impl fmt::Display for Categorie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.libelle())
    }
}

impl FromStr for Categorie {
    type Err = CategorieInconnue;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Categorie::TOUTES
            .into_iter()
            .find(|c| c.as_str() == code)
            .ok_or_else(|| CategorieInconnue(code.to_owned()))
    }
}
