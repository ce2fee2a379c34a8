//! Words as a search compares them: folded, whole or as a beginning, or one letter away.

use super::texte::fold;

/// Shortest word for which a typing error is forgiven: shorter ones are one letter from too many others.
pub const TOLERANCE_MIN: usize = 4;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_texte_donne_ses_mots_une_fois() {
        assert_eq!(
            mots("Martin-Roux  Élodie MARTIN"),
            ["martin", "roux", "elodie"]
        );
        assert!(mots(" ' ").is_empty());
    }

    #[test]
    fn deux_mots_a_une_faute_sont_proches_et_partagent_une_variante() {
        for (a, b) in [
            ("martin", "martin"),
            ("martin", "martni"),
            ("martin", "marin"),
            ("martin", "marttin"),
            ("martin", "mortin"),
            ("benali", "benaly"),
            ("lefevre", "lefebvre"),
        ] {
            assert!(proches(a, b) && proches(b, a), "{a} {b}");
            assert!(
                variantes(a).iter().any(|v| variantes(b).contains(v)),
                "{a} {b}"
            );
        }
        for (a, b) in [("martin", "morton"), ("martin", "mart"), ("abcd", "dcba")] {
            assert!(!proches(a, b), "{a} {b}");
        }
        assert!(variantes("roy").is_empty() && variantes("banc42").is_empty());
    }

    #[test]
    fn une_meme_porte_a_une_meme_cle() {
        let cle = cle_adresse("13056", "12, quai des Anglais");
        assert_eq!(cle, cle_adresse("13056", "12 QUAI des anglais "));
        assert_ne!(cle, cle_adresse("13077", "12 quai des Anglais"));
        assert_eq!(cle_adresse("13056", " "), None);
    }
}
