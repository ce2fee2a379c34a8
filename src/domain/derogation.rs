//! DER-1, DER-2: the families of derogation and their grounds, as dated reference data.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::regle::Statut;

/// A ground of derogation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Motif {
    /// Code, as `B-OFFRE`.
    pub code: String,
    /// Family: `A` (personal life), `B` (insufficient offer of specific care), `C` (economic risk).
    pub famille: String,
    /// What it is, in French.
    pub libelle: String,
    /// The documents that prove it, in French.
    pub pieces: String,
    /// What the applicant must say of it, in French.
    #[serde(default)]
    pub precision: Option<String>,
    /// First day in force.
    pub du: NaiveDate,
    /// Last day in force; none while it is.
    #[serde(default)]
    pub au: Option<NaiveDate>,
    /// Where it comes from.
    pub source: String,
    /// Its status in the rulebook.
    pub statut: Statut,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    motif: Vec<Motif>,
}

static MOTIFS: LazyLock<Result<Vec<Motif>, String>> = LazyLock::new(|| {
    toml::from_str::<Fichier>(include_str!("../../reglement/derogations.toml"))
        .map(|fichier| fichier.motif)
        .map_err(|e| e.to_string())
});

/// The grounds that ship with the product do not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("motifs de dérogation illisibles : {0}")]
pub struct MotifsIllisibles(pub String);

/// The grounds in force on a day, by family.
///
/// # Errors
/// [`MotifsIllisibles`]; a test keeps it from happening.
pub fn motifs(jour: NaiveDate) -> Result<Vec<&'static Motif>, MotifsIllisibles> {
    let tous = MOTIFS.as_ref().map_err(|e| MotifsIllisibles(e.clone()))?;
    Ok(tous
        .iter()
        .filter(|m| m.du <= jour && m.au.is_none_or(|au| jour <= au))
        .collect())
}

/// The ground of a code, whatever the day: for a file that invoked it.
///
/// # Errors
/// [`MotifsIllisibles`].
pub fn motif(code: &str) -> Result<Option<&'static Motif>, MotifsIllisibles> {
    let tous = MOTIFS.as_ref().map_err(|e| MotifsIllisibles(e.clone()))?;
    Ok(tous.iter().find(|m| m.code == code))
}

/// What a family is, in French.
pub fn famille(code: &str) -> &'static str {
    match code {
        "A" => "Vie personnelle",
        "B" => "Offre insuffisante de soins spécifiques",
        "C" => "Risque économique",
        _ => "Famille inconnue",
    }
}
