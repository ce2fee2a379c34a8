//! The shape of one cell: each check answers the value, or a French sentence saying why not.

use super::table::Ligne;

/// A commune or arrondissement code of INSEE: five characters, `2A`/`2B` in Corsica.
///
/// # Errors
/// Another shape; a four-digit code hints at the zero a spreadsheet has eaten.
pub fn insee(text: &str) -> Result<String, String> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 5
        && bytes[0].is_ascii_digit()
        && (bytes[1].is_ascii_digit() || text.starts_with("2A") || text.starts_with("2B"))
        && bytes[2..].iter().all(u8::is_ascii_digit);
    if shape {
        return Ok(text.to_owned());
    }
    Err(code_message("code INSEE", text, 5, "caractères"))
}

/// A numeric code of a given length: région (2), caisse (3)…
///
/// # Errors
/// Another length, or something else than digits.
pub fn code(name: &str, text: &str, length: usize) -> Result<String, String> {
    if text.len() == length && text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(text.to_owned());
    }
    Err(code_message(name, text, length, "chiffres"))
}

/// The code of a région; the two collectivités of the Antilles have three digits.
///
/// # Errors
/// Another shape.
pub fn region(text: &str) -> Result<String, String> {
    if matches!(text, "977" | "978") {
        return Ok(text.to_owned());
    }
    code("code de région", text, 2)
}

/// The code of a département: `01`, `2A`, `971`.
///
/// # Errors
/// Another shape.
pub fn departement(text: &str) -> Result<String, String> {
    let shape = matches!(text, "2A" | "2B")
        || (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()))
        || (text.len() == 3 && text.starts_with("97") && text.bytes().all(|b| b.is_ascii_digit()));
    if shape {
        return Ok(text.to_owned());
    }
    Err(code_message(
        "code de département",
        text,
        2,
        "ou 3 caractères",
    ))
}

/// The code of a bassin: two letters (`BV`, `CV`, `AM`, `CO`) then digits or a Corsican letter.
///
/// # Errors
/// Another shape.
pub fn bassin(text: &str) -> Result<String, String> {
    let shape = text.is_ascii()
        && (5..=8).contains(&text.len())
        && ["BV", "CV", "AM", "CO"].contains(&&text[..2])
        && text[2..]
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'A' | b'B'));
    if shape {
        return Ok(text.to_owned());
    }
    Err(format!(
        "code de bassin « {text} » : BV, CV, AM ou CO suivi d’un code attendu"
    ))
}

/// A number of inhabitants, with or without spaces between its thousands.
///
/// # Errors
/// Not a whole number, or negative.
pub fn population(text: &str) -> Result<i64, String> {
    let nu: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    nu.parse::<u32>()
        .map(i64::from)
        .map_err(|_| format!("population « {text} » : nombre entier attendu"))
}

/// A text that must be there.
///
/// # Errors
/// The cell is empty.
pub fn requis(name: &str, text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err(format!("{name} absent"));
    }
    Ok(text.to_owned())
}

/// Whether the line has the cells of its columns. Spreadsheets leave out the last ones when they are empty, or write more
/// of them; `requise`: the last column that the import cannot do without.
///
/// # Errors
/// A truncated line, a text beyond the last column.
pub fn largeur(ligne: &Ligne, attendues: usize, requise: usize) -> Result<(), String> {
    let lues = ligne.cellules.len();
    if lues <= requise {
        return Err(format!("{lues} colonnes au lieu de {attendues}"));
    }
    let en_trop = ligne
        .cellules
        .iter()
        .skip(attendues)
        .find(|c| !c.trim().is_empty());
    match en_trop {
        None => Ok(()),
        Some(texte) => Err(format!(
            "« {} » est au-delà des {attendues} colonnes (un texte qui contient le séparateur s’écrit entre guillemets)",
            texte.trim()
        )),
    }
}

/// The refusal of a code, with a hint where a spreadsheet took it for a number.
fn code_message(name: &str, text: &str, length: usize, unit: &str) -> String {
    if text.is_empty() {
        return format!("{name} absent");
    }
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let hint = if digits && text.len() < length {
        " (zéro initial perdu par le tableur ? mettez la colonne au format Texte)"
    } else {
        ""
    };
    format!("{name} « {text} » : {length} {unit} attendus{hint}")
}
