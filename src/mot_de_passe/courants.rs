//! Passwords that attackers try first: those of public leaks, and what people make of them.
//!
//! A list of whole passwords would be long and soon old; the leaked ones of twelve characters or more are
//! nearly all built alike: a common word, twice or with another, a run of the keyboard, digits at the end.
//! The list holds the words, the rule does the rest (docs/decisions/0020-mots-de-passe-courants.md).

use std::collections::HashSet;
use std::sync::LazyLock;

use regles::mots::fold;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

static MOTS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("courants.txt")
        .lines()
        .filter(|ligne| !ligne.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// Rows of keyboards (French, English, German), the alphabet, digits: read both ways.
const SUITES: &[&str] = &[
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
];

/// Longest word looked for, in characters.
const MOT_MAX: usize = 24;
/// Distinct words beyond which a password is a phrase: zxcvbn judges it.
const MOTS_MAX: usize = 2;

/// Whether a password is one that attackers try first, whatever its case, accents, digits in place of letters,
/// repetitions, and digits or signs around.
pub fn est_courant(mot_de_passe: &str, proches: &[&str]) -> bool {
    let proches: Vec<String> = proches
        .iter()
        .flat_map(|p| fold(p).split(' ').map(str::to_owned).collect::<Vec<_>>())
        .filter(|p| p.len() >= 3)
        .collect();
    // Signs may stand for letters: kept here, where `fold` would drop them.
    let texte: Vec<char> = mot_de_passe
        .nfd()
        .filter(|c| !is_combining_mark(*c) && !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    se_decompose(&texte, &proches) || est_repetition(&texte)
}

/// Digits and signs read as the letters they stand for: `m0td3p@sse`.
fn lettres(texte: &str) -> String {
    texte
        .chars()
        .map(|c| match c {
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            autre => autre,
        })
        .collect()
}

/// Whether the text is wholly made of common words (two different ones at most), runs, repetitions, digits and signs.
fn se_decompose(c: &[char], proches: &[String]) -> bool {
    // Sets of words that lead to each position; few, since no more than two words are kept in each.
    let mut chemins: Vec<HashSet<Vec<String>>> = vec![HashSet::new(); c.len() + 1];
    chemins[0].insert(Vec::new());
    for debut in 0..c.len() {
        let ici: Vec<Vec<String>> = chemins[debut].iter().cloned().collect();
        if ici.is_empty() {
            continue;
        }
        for fin in debut + 1..=c.len().min(debut + MOT_MAX) {
            let morceau: String = c[debut..fin].iter().collect();
            let vide = fin == debut + 1 && !c[debut].is_alphabetic();
            if vide || est_suite(&morceau) {
                chemins[fin].extend(ici.iter().cloned());
            }
            let Some(mot) = [lettres(&morceau), morceau]
                .into_iter()
                .find(|m| MOTS.contains(m.as_str()) || proches.contains(m))
            else {
                continue;
            };
            for mots in &ici {
                let mut mots = mots.clone();
                if !mots.contains(&mot) {
                    mots.push(mot.clone());
                    mots.sort();
                }
                if mots.len() <= MOTS_MAX {
                    chemins[fin].insert(mots);
                }
            }
        }
    }
    !chemins[c.len()].is_empty()
}

/// Three characters or more of one run, either way, or the same character three times.
fn est_suite(morceau: &str) -> bool {
    if morceau.chars().count() < 3 {
        return false;
    }
    let envers: String = morceau.chars().rev().collect();
    let premier = morceau.chars().next();
    SUITES
        .iter()
        .any(|s| s.contains(morceau) || s.contains(&envers))
        || morceau.chars().all(|c| Some(c) == premier)
}

/// A short block again and again: `xkqxkqxkqxkq`.
fn est_repetition(c: &[char]) -> bool {
    (1..=6.min(c.len() / 2)).any(|n| c.chunks(n).all(|bloc| c.starts_with(bloc)))
}

#[cfg(test)]
mod tests {
    use super::est_courant;

    #[test]
    fn les_mots_de_passe_des_fuites_sont_refuses() {
        for mot in [
            "motdepasse1234",
            "azertyuiop123",
            "123456789012",
            "passwordpassword",
            "Motdepasse2026!",
            "M0td3p@sse123",
            "bonjourbonjour",
            "jetaimejetaime",
            "soleil13soleil",
            "marseille13013",
            "iloveyou123456",
            "qwertyuiop[]12",
            "aaaaaaaaaaaa",
            "xkqxkqxkqxkq",
            "mlkjhgfdsqpoiu",
            "doudou chocolat",
            "Été2025!Été2025!",
            "abcdefghijkl",
            "kinesitherapeute1",
            "administrateur01",
            "camillecamille",
        ] {
            assert!(est_courant(mot, &[]), "{mot}");
        }
        assert!(est_courant("Benali-Karim-1985", &["Karim", "Benali"]));
    }

    #[test]
    fn les_phrases_et_les_tirages_passent() {
        for mot in [
            "girafe tambour nuage 42",
            "soleil tambour chocolat brique",
            "tR7#kq9Lm2xZ",
            "correct horse battery staple",
            "un petit vélo à guidon chromé",
        ] {
            assert!(!est_courant(mot, &["Camille", "Martin"]), "{mot}");
        }
    }
}
