//! Words as a search compares them: folded, whole or as a beginning, or one letter away.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Shortest word for which a typing error is forgiven: shorter ones are one letter from too many others.
pub const TOLERANCE_MIN: usize = 4;

/// A text reduced to what a search compares: lower case, no accents, ligatures
/// undone, hyphens and apostrophes as single spaces («L'Haÿ-les-Roses» → `l hay les roses`).
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let letters = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    for c in letters {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            c if c.is_alphanumeric() => folded.push(c),
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The distinct folded words of a text, in their order.
pub fn mots(texte: &str) -> Vec<String> {
    let mut vus: Vec<String> = Vec::new();
    for mot in fold(texte).split(' ').filter(|m| !m.is_empty()) {
        if !vus.iter().any(|v| v == mot) {
            vus.push(mot.to_owned());
        }
    }
    vus
}

/// Just after every word that begins so: the bound of a range, in the order of the bytes.
pub fn apres(debut: &str) -> String {
    format!("{debut}{}", char::MAX)
}

/// The word itself and the word less one letter: two words one letter apart (changed, added, missing, or two
/// neighbours swapped) share one of these. None for a word too short or that holds a digit.
pub fn variantes(mot: &str) -> Vec<String> {
    let lettres: Vec<char> = mot.chars().collect();
    if lettres.len() < TOLERANCE_MIN || lettres.iter().any(char::is_ascii_digit) {
        return Vec::new();
    }
    let mut variantes = vec![mot.to_owned()];
    for saut in 0..lettres.len() {
        let sans: String = lettres
            .iter()
            .enumerate()
            .filter(|(rang, _)| *rang != saut)
            .map(|(_, lettre)| *lettre)
            .collect();
        if !variantes.contains(&sans) {
            variantes.push(sans);
        }
    }
    variantes
}

/// Whether two words are the same but for one typing error: a letter changed, added or missing, or two
/// neighbours swapped.
pub fn proches(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (court, long) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let commun = court
        .iter()
        .zip(long.iter())
        .take_while(|(x, y)| x == y)
        .count();
    let (reste_court, reste_long) = (&court[commun..], &long[commun..]);
    match (reste_court, reste_long) {
        ([], []) | ([], [_]) => true,
        (c, l) if c.len() + 1 == l.len() => *c == l[1..],
        // Of one length, or nothing here is equal.
        ([x, fin @ ..], [y, fin_long @ ..]) => {
            let echange = matches!((fin, fin_long), ([x2, s @ ..], [y2, t @ ..]) if x == y2 && y == x2 && s == t);
            fin == fin_long || echange
        }
        _ => false,
    }
}

/// The address of a practice as a key: two files with the same key are at the same door.
/// Not a word: its first character is never in one.
pub fn cle_adresse(insee: &str, adresse: &str) -> Option<String> {
    let pliee = fold(adresse);
    (!pliee.is_empty()).then(|| format!("@{insee} {pliee}"))
}
