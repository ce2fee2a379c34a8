//! EXP-4: what each rule says, as a person reads it, and the address of the page that says it.

use std::sync::LazyLock;

use serde::Deserialize;

/// A rule, in words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enonce {
    /// Identifier of the rule, as `REG-1`.
    pub regle: String,
    /// Its place under `/regles/`, as `delai-pour-designer`.
    pub adresse: String,
    /// «Délai pour désigner».
    pub nom: String,
    /// What it says, without its values, which are parameters.
    pub phrase: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    enonce: Vec<Enonce>,
}

static ENONCES: LazyLock<Result<Vec<Enonce>, String>> = LazyLock::new(|| {
    toml::from_str::<Fichier>(include_str!("../../../reglement/enonces.toml"))
        .map(|fichier| fichier.enonce)
        .map_err(|e| e.to_string())
});

/// The sentences that ship with the product do not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("énoncés illisibles : {0}")]
pub struct EnoncesIllisibles(pub String);

/// Every rule, in the order of the rulebook.
///
/// # Errors
/// [`EnoncesIllisibles`]; a test keeps it from happening.
pub fn tous() -> Result<&'static [Enonce], EnoncesIllisibles> {
    ENONCES.as_deref().map_err(|e| EnoncesIllisibles(e.clone()))
}

/// What a rule says; none for an identifier that is in no rulebook.
///
/// # Errors
/// [`EnoncesIllisibles`].
pub fn de(regle: &str) -> Result<Option<&'static Enonce>, EnoncesIllisibles> {
    Ok(tous()?.iter().find(|e| e.regle == regle))
}

/// The rule whose page has this address.
///
/// # Errors
/// [`EnoncesIllisibles`].
pub fn a_l_adresse(adresse: &str) -> Result<Option<&'static Enonce>, EnoncesIllisibles> {
    Ok(tous()?.iter().find(|e| e.adresse == adresse))
}
