//! What is stored beside what the rules say again, step by step.

use regles::regle::{Etape, Explication};

/// The rule, what is stored, what is said again.
pub(super) type Difference = (String, String, String);

/// What differs; an error names what is stored and why it cannot be replayed.
pub(super) type Issue = Result<Vec<Difference>, (String, String)>;

/// Reads what is stored as JSON; `nom` is what it is called in the report.
pub(super) fn lire<T: serde::de::DeserializeOwned>(
    nom: &str,
    texte: &str,
) -> Result<T, (String, String)> {
    serde_json::from_str(texte).map_err(|e| (nom.to_owned(), format!("illisible ({e})")))
}

/// One value that differs, if it does.
pub(super) fn valeur<T: PartialEq + std::fmt::Display>(
    nom: &str,
    regle: &str,
    stockee: T,
    rejouee: T,
) -> Option<Difference> {
    (stockee != rejouee).then(|| {
        (
            regle.to_owned(),
            format!("{nom} {stockee}"),
            rejouee.to_string(),
        )
    })
}

/// The steps that differ, by their rank.
pub(super) fn etapes(stockee: &Explication, rejouee: &Explication) -> Vec<Difference> {
    let (avant, apres) = (stockee.etapes(), rejouee.etapes());
    let mut ecarts = Vec::new();
    for rang in 0..avant.len().max(apres.len()) {
        match (avant.get(rang), apres.get(rang)) {
            (Some(stockee), Some(rejouee)) if meme(stockee, rejouee) => {}
            (stockee, rejouee) => ecarts.push((
                stockee
                    .or(rejouee)
                    .map_or_else(String::new, |e| e.regle.to_string()),
                stockee.map_or_else(|| "aucune condition".to_owned(), dire_etape),
                rejouee.map_or_else(|| "aucune condition".to_owned(), dire_etape),
            )),
        }
    }
    ecarts
}

/// Whether two steps say the same: where a fact comes from is told by the file, not by the rules.
fn meme(a: &Etape, b: &Etape) -> bool {
    let sans_origine = |e: &Etape| Etape {
        origine: None,
        ..e.clone()
    };
    sans_origine(a) == sans_origine(b)
}

fn dire_etape(e: &Etape) -> String {
    format!(
        "{} [{}] « {} », {} = {}, attendu {} ({}, depuis {})",
        e.regle,
        e.constat.libelle(),
        e.libelle,
        e.fait,
        e.valeur,
        e.attendu,
        e.source,
        e.en_vigueur_depuis
    )
}
