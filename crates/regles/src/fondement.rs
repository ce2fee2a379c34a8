//! EXP-4: the legal text of a rule, as persons read it. Where the product read it (`source`) stays in the trace.

use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::parametre::{Parametre, couvre};
use super::regle::{Etape, Statut};

/// The text that founds a rule, over a period.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TexteFondateur {
    /// Identifier of the rule, as `REG-1`.
    pub regle: String,
    /// The article, in plain words.
    pub texte: String,
    /// Known from a secondary source only.
    #[serde(default)]
    pub a_confirmer: bool,
    /// First day in force.
    pub du: NaiveDate,
    /// Last day in force; none while it is.
    #[serde(default)]
    pub au: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    fondement: Vec<TexteFondateur>,
}

static TEXTES: LazyLock<Result<Vec<TexteFondateur>, String>> = LazyLock::new(|| {
    toml::from_str::<Fichier>(include_str!("../../../reglement/fondements.toml"))
        .map(|fichier| fichier.fondement)
        .map_err(|e| e.to_string())
});

/// The texts that ship with the product do not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("fondements illisibles : {0}")]
pub struct FondementsIllisibles(pub String);

/// A rule of ours, for every caisse.
const NATIONALE: &str = "règle de gestion nationale";
/// A rule of one caisse.
const DE_LA_CAISSE: &str = "règle de gestion de la caisse";
/// No text is known.
const A_CONFIRMER: &str = "fondement à confirmer";

/// Every text, in the order of the rulebook.
///
/// # Errors
/// [`FondementsIllisibles`]; a test keeps it from happening.
pub fn tous() -> Result<&'static [TexteFondateur], FondementsIllisibles> {
    TEXTES
        .as_deref()
        .map_err(|e| FondementsIllisibles(e.clone()))
}

/// What founds a step, in words: never an identifier, a key, nor the site where the product read it.
///
/// # Errors
/// [`FondementsIllisibles`].
pub fn de(etape: &Etape, jour: NaiveDate) -> Result<Cow<'static, str>, FondementsIllisibles> {
    if etape.portee() == Some("paramètre local") {
        return Ok(DE_LA_CAISSE.into());
    }
    Ok(du_statut(&etape.regle, etape.statut, jour)?.into())
}

/// What founds a value of a parameter: the text of its rule, or a choice of ours.
///
/// # Errors
/// [`FondementsIllisibles`].
pub fn du_parametre(p: &Parametre) -> Result<&'static str, FondementsIllisibles> {
    du_statut(&p.regle, p.statut, p.du)
}

/// What founds a rule of this status, in words: where the sources are silent, the rule is ours.
///
/// # Errors
/// [`FondementsIllisibles`].
pub fn du_statut(
    regle: &str,
    statut: Statut,
    jour: NaiveDate,
) -> Result<&'static str, FondementsIllisibles> {
    if matches!(statut, Statut::D | Statut::P) {
        return Ok(NATIONALE);
    }
    Ok(texte(regle, jour)?.unwrap_or(A_CONFIRMER))
}

/// What founds a rule whose values are not at stake: its text, or that it is a rule of ours.
///
/// # Errors
/// [`FondementsIllisibles`].
pub fn de_la_regle(regle: &str, jour: NaiveDate) -> Result<&'static str, FondementsIllisibles> {
    Ok(texte(regle, jour)?.unwrap_or(NATIONALE))
}

fn texte(regle: &str, jour: NaiveDate) -> Result<Option<&'static str>, FondementsIllisibles> {
    let texte = tous()?
        .iter()
        .find(|t| t.regle == regle && couvre(t.du, t.au, jour));
    Ok(texte.map(|t| t.texte.as_str()))
}

/// The texts that the national team still has to confirm.
///
/// # Errors
/// [`FondementsIllisibles`].
pub fn a_confirmer() -> Result<Vec<&'static TexteFondateur>, FondementsIllisibles> {
    Ok(tous()?.iter().filter(|t| t.a_confirmer).collect())
}
