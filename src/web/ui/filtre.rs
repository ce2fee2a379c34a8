//! A link that narrows a list.

/// A filter: a link above the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiltreVue {
    /// The words shown.
    pub libelle: String,
    /// The page of the file.
    pub url: String,
    /// How many, in words: «12», «plus de 500».
    pub compte: Option<String>,
    /// The filter in use.
    pub actif: bool,
}
