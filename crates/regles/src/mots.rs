//! Words as a search compares them: folded, whole or as a beginning, or one letter away.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::saisie::invisible;

/// Shortest word for which a typing error is forgiven: shorter ones are one letter from too many others.
pub const TOLERANCE_MIN: usize = 4;

/// A text reduced to what a search compares: compatible forms brought to one (NFKC), lower case, no accents, no invisible
/// sign, barred letters and ligatures undone, everything else than letters and digits as single spaces
/// («L'Haÿ-les-Roses» → `l hay les roses`). Never what is stored or printed.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let letters = text
        .chars()
        .filter(|c| !invisible(*c))
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !invisible(*c));
    for c in letters {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ħ' => folded.push('h'),
            'ŧ' => folded.push('t'),
            'ŋ' => folded.push('n'),
            'ı' => folded.push('i'),
            c if c.is_alphanumeric() => folded.push(c),
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// What an abbreviation of the names of places stands for.
fn abrege(mot: &str) -> Option<&'static str> {
    Some(match mot {
        "st" => "saint",
        "ste" => "sainte",
        "sts" => "saints",
        "stes" => "saintes",
        "nd" => "notre dame",
        "mt" => "mont",
        "mts" => "monts",
        "gd" => "grand",
        "gde" => "grande",
        "vx" => "vieux",
        "bg" => "bourg",
        "cht" => "chateau",
        "vlle" => "ville",
        "fg" => "faubourg",
        _ => return None,
    })
}

/// The name of a place as a search compares it: [`fold`]ed, its abbreviations written out («St-Étienne», «Chalon s/
/// Saône», «Fontaine-lez-Dijon»).
pub fn lieu(nom: &str) -> String {
    let plie = fold(nom);
    let mots: Vec<&str> = plie.split(' ').collect();
    let entre = |rang: usize| rang > 0 && rang + 1 < mots.len();
    let ecrits = mots.iter().enumerate().map(|(rang, mot)| match *mot {
        // «s/», «ss/»: between two names only.
        "s" if entre(rang) => "sur",
        "ss" if entre(rang) => "sous",
        // «lès», «lez»: near.
        "lez" => "les",
        mot => abrege(mot).unwrap_or(mot),
    });
    ecrits.collect::<Vec<_>>().join(" ")
}

/// The distinct folded words of a text, in their order. An abbreviation of the names of places is written out when a word
/// follows it: alone or last, it may be the beginning of a name («Martin St»).
pub fn mots(texte: &str) -> Vec<String> {
    let mut vus: Vec<String> = Vec::new();
    let plie = fold(texte);
    let mut mots = plie.split(' ').filter(|m| !m.is_empty()).peekable();
    while let Some(mot) = mots.next() {
        let suivi = mots.peek().is_some();
        let ecrit = match mot {
            "lez" => "les",
            mot => abrege(mot).filter(|_| suivi).unwrap_or(mot),
        };
        for mot in ecrit.split(' ') {
            if !vus.iter().any(|v| v == mot) {
                vus.push(mot.to_owned());
            }
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

/// The end of the number of a file, or the whole of it, as a key that its last signs begin. Not a word either.
pub fn cle_fin(numero: &str) -> String {
    let signes = numero.chars().filter(char::is_ascii_alphanumeric).rev();
    let envers: String = signes.collect();
    format!("#{}", envers.to_ascii_uppercase())
}
