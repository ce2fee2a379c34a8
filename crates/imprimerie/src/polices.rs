//! The fonts, and which signs they have: one sign that none has would break the whole document.

use std::collections::BTreeSet;

use serde_json::Value;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The families, in the order in which a sign is looked for; the template names them too.
pub const FAMILLES: [&str; 3] = [
    "Libertinus Serif",
    "New Computer Modern",
    "DejaVu Sans Mono",
];

/// What is printed in place of a sign that no font has.
const ABSENT: char = '□';

/// The fonts.
pub struct Polices {
    /// What typst looks them up in.
    pub livre: LazyHash<FontBook>,
    /// In the order of the book.
    pub toutes: Vec<Font>,
    signes: BTreeSet<u32>,
}

impl Polices {
    /// Reads those that typst carries.
    pub fn lire() -> Polices {
        let toutes: Vec<Font> = typst_assets::fonts()
            .flat_map(|octets| Font::iter(Bytes::new(octets)))
            .collect();
        let livre = FontBook::from_fonts(&toutes);
        let signes = FAMILLES.iter().flat_map(|f| partages(&livre, f)).collect();
        Polices {
            livre: LazyHash::new(livre),
            toutes,
            signes,
        }
    }

    /// The same data, of which every text prints.
    pub fn imprimables(&self, donnees: Value) -> Value {
        match donnees {
            Value::String(texte) => Value::String(self.imprimable(&texte)),
            Value::Array(liste) => liste.into_iter().map(|v| self.imprimables(v)).collect(),
            Value::Object(champs) => champs
                .into_iter()
                .map(|(nom, v)| (nom, self.imprimables(v)))
                .collect(),
            autre => autre,
        }
    }

    /// A text of which every sign prints: those that no font has become squares, those that are never seen go.
    fn imprimable(&self, texte: &str) -> String {
        let signe = |c: char| match c {
            '\n' => Some(c),
            c if c.is_control() => None,
            c if self.signes.contains(&u32::from(c)) => Some(c),
            // Joiners and selectors of a picture that has become a square.
            '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' => None,
            _ => Some(ABSENT),
        };
        texte.chars().filter_map(signe).collect()
    }
}

/// The signs that every face of a family has: what is bold must print too.
fn partages(livre: &FontBook, famille: &str) -> BTreeSet<u32> {
    let mut faces = livre
        .select_family(&famille.to_lowercase())
        .filter_map(|i| livre.info(i))
        .map(|face| face.coverage.iter().collect::<BTreeSet<u32>>());
    let premiere = faces.next().unwrap_or_default();
    faces.fold(premiere, |communs, face| &communs & &face)
}
