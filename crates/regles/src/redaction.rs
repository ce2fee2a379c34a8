//! What a text for a person does not say: the identifier of a rule, the key of a parameter, a code of the house, the name of
//! a private site (EXP-4, EXP-5).

use super::catalogue::CATALOGUE;

/// Families of the rulebook: `REG-9` names a rule.
const FAMILLES: &[&str] = &[
    "ZON", "REG", "DER", "ALT", "GEN", "PRO", "ECH", "EXP", "CTR",
];
/// Where the product read its rules, which founds nothing.
const NOMS_PRIVES: &[&str] = &[
    "milo", "yotera", "indy", "paps", "snmkr", "omk", "blog", "urps",
];

/// The words of a text: a code keeps its hyphens, underscores and inner stops; addresses are left out.
pub fn mots(texte: &str) -> impl Iterator<Item = &str> {
    let coupe = |c: char| c.is_whitespace() || "«»“”\"'’(),;:!?…/[]{}=<>|·".contains(c);
    texte
        .split(char::is_whitespace)
        .filter(|m| !m.contains("://") && !m.contains('@'))
        .flat_map(move |m| m.split(coupe))
        .map(|m| m.trim_matches(['.', '-', '–', '—']))
        .filter(|m| !m.is_empty())
}

/// Whether a word is for machines, or names no legal text.
pub fn illisible(mot: &str) -> bool {
    regle(mot)
        || motif(mot)
        || CATALOGUE.iter().any(|c| c.cle == mot)
        || mot.ends_with(".*")
        || code(mot)
        || NOMS_PRIVES.contains(&mot.to_lowercase().as_str())
}

/// The first word of a text that a person cannot read.
pub fn premier_illisible(texte: &str) -> Option<&str> {
    mots(texte).find(|mot| illisible(mot))
}

/// `REG-9`.
fn regle(mot: &str) -> bool {
    mot.split_once('-').is_some_and(|(famille, numero)| {
        FAMILLES.contains(&famille) && numero.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// `A-CONJOINT`.
fn motif(mot: &str) -> bool {
    mot.split_once('-').is_some_and(|(famille, nom)| {
        ["A", "B", "C"].contains(&famille)
            && nom.len() > 2
            && nom.chars().all(|c| c.is_ascii_uppercase() || c == '-')
    })
}

/// `hors_regulation`, and no name of a document: `bail_2026.pdf`.
fn code(mot: &str) -> bool {
    let lettres: Vec<char> = mot.chars().collect();
    !mot.contains('.')
        && lettres
            .windows(3)
            .any(|trois| matches!(trois, [a, '_', b] if a.is_alphanumeric() && b.is_alphanumeric()))
}
