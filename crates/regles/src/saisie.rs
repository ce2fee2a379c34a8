//! What people type or paste, as it enters: what cannot be seen is dropped, what can be seen stays as it was written.
//!
//! Everything typed passes here once: the fields of a form, the words of an address, the names of files, the cells of an
//! import. What is folded further ([`crate::mots`]) serves to compare, never to store.

use unicode_normalization::UnicodeNormalization;

/// Zero-width joiner: part of an emoji, invisible elsewhere.
const LIANT: char = '\u{200d}';

/// A text as it enters: composed (NFC), without invisible signs nor control characters, one line feed at the end of each
/// line. Ordinary signs, spaces included, stay as they are; a joiner stays inside an emoji.
pub fn nette(texte: &str) -> String {
    if texte
        .bytes()
        .all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t'))
    {
        return texte.to_owned();
    }
    let mut sortie = String::with_capacity(texte.len());
    let mut lettres = texte.chars().peekable();
    while let Some(lettre) = lettres.next() {
        match lettre {
            '\r' => {
                if lettres.peek() != Some(&'\n') {
                    sortie.push('\n');
                }
            }
            '\n' | '\t' => sortie.push(lettre),
            // Line and paragraph separators, as a web page gives them.
            '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => sortie.push('\n'),
            LIANT if sortie.ends_with(dessine) => sortie.push(lettre),
            lettre if invisible(lettre) => {}
            lettre => sortie.push(lettre),
        }
    }
    sortie.nfc().collect()
}

/// The same on one line: every run of spaces, of any kind, is one ordinary space, none around.
pub fn ligne(texte: &str) -> String {
    let nette = nette(texte);
    let mots: Vec<&str> = nette.split_whitespace().collect();
    mots.join(" ")
}

/// Characters at most in a first name, or in a name.
pub const NOM_MAX: usize = 100;

/// What is said of a first name or a name that [`est_un_nom`] refuses.
pub const NOM_ATTENDU: &str = "Écrivez ce nom avec des lettres, des traits d’union et des apostrophes, en 100 caractères au plus.";

/// Whether a text reads as a first name or a name: letters, spaces, hyphens, apostrophes and points, so that it carries no
/// message to who reads it in a mail, and no formula to a spreadsheet.
pub fn est_un_nom(texte: &str) -> bool {
    let permis =
        |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '‐' | '‑' | '\'' | '’' | '.');
    texte.chars().all(permis)
        && texte.chars().any(char::is_alphabetic)
        && texte.chars().count() <= NOM_MAX
}

/// A secret as it is hashed: composed, so that two keyboards write the same one; nothing else.
pub fn secret(texte: &str) -> String {
    texte.nfc().collect()
}

/// Whether a sign takes no place on the screen and means nothing in a name, a number or a sentence.
pub fn invisible(lettre: char) -> bool {
    let controle = lettre.is_control() && !lettre.is_whitespace();
    controle
        || matches!(
            lettre,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// Signs that a joiner joins.
fn dessine(lettre: char) -> bool {
    matches!(lettre, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// A whole number: «1 200», «−5», «30 %», «1 200,00».
///
/// # Errors
/// [`NombreError`].
pub fn entier(texte: &str) -> Result<i64, NombreError> {
    let mut nu: String = nette(texte)
        .nfkc()
        .filter(|c| !c.is_whitespace() && *c != '\'' && *c != '’')
        .map(|c| {
            if matches!(c, '−' | '–' | '‐' | '‑') {
                '-'
            } else {
                c
            }
        })
        .collect();
    if nu.ends_with(['%', '€']) {
        nu.pop();
    }
    let chiffres = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let (entier, decimales) = nu.split_once([',', '.']).unwrap_or((&nu, ""));
    // «1.200» is twelve hundred to one person and one and a fifth to another.
    let milliers = decimales.len() == 3 && nu.contains('.');
    match entier.parse() {
        Ok(n) if chiffres(decimales) && !milliers && decimales.bytes().all(|b| b == b'0') => Ok(n),
        Ok(_) if chiffres(decimales) => Err(NombreError::Decimal),
        _ => Err(NombreError::Illisible),
    }
}

/// Why a text is no whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NombreError {
    /// It has decimals.
    #[error("s’écrit sans décimale")]
    Decimal,
    /// It is no number, or one that nothing counts.
    #[error("n’est pas un nombre entier")]
    Illisible,
}
