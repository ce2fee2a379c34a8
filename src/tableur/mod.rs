//! Tables written row by row, in a memory that does not grow with them: CSV, XLSX, ODS.

mod csv;
mod ods;
mod xlsx;

use std::io::{Seek, Write};

use chrono::NaiveDate;

/// What can go wrong while writing.
#[derive(Debug, thiserror::Error)]
pub enum TableurError {
    /// The file refuses.
    #[error("écriture : {0}")]
    Ecriture(#[from] std::io::Error),
    /// The archive refuses.
    #[error("archive : {0}")]
    Archive(#[from] zip::result::ZipError),
    /// The text format refuses.
    #[error("CSV : {0}")]
    Csv(#[from] ::csv::Error),
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cellule {
    /// Words.
    Texte(String),
    /// A number.
    Nombre(f64),
    /// A day.
    Date(NaiveDate),
    /// Nothing.
    Vide,
}

impl From<String> for Cellule {
    fn from(texte: String) -> Cellule {
        Cellule::Texte(texte)
    }
}

impl From<&str> for Cellule {
    fn from(texte: &str) -> Cellule {
        Cellule::Texte(texte.to_owned())
    }
}

impl From<Option<NaiveDate>> for Cellule {
    fn from(date: Option<NaiveDate>) -> Cellule {
        date.map_or(Cellule::Vide, Cellule::Date)
    }
}

text_enum! {
    /// A format.
    pub enum Format {
        /// Comma-separated values: semicolons and UTF-8 with its mark, as French spreadsheets open them.
        Csv = "csv", "CSV";
        /// Office Open XML.
        Xlsx = "xlsx", "Excel";
        /// OpenDocument.
        Ods = "ods", "LibreOffice";
    }
}

impl Format {
    /// The media type.
    pub fn media(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        }
    }
}

/// A table being written.
pub enum Feuille<W: Write + Seek> {
    /// Text.
    Csv(csv::FeuilleCsv<W>),
    /// Excel.
    Xlsx(xlsx::FeuilleXlsx<W>),
    /// LibreOffice.
    Ods(ods::FeuilleOds<W>),
}

impl<W: Write + Seek> Feuille<W> {
    /// Begins a table with its header. `titre`: the name of the sheet.
    ///
    /// # Errors
    /// The file refuses.
    pub fn commencer(
        format: Format,
        sortie: W,
        titre: &str,
        entete: &[&str],
    ) -> Result<Feuille<W>, TableurError> {
        Ok(match format {
            Format::Csv => Feuille::Csv(csv::FeuilleCsv::commencer(sortie, entete)?),
            Format::Xlsx => Feuille::Xlsx(xlsx::FeuilleXlsx::commencer(sortie, titre, entete)?),
            Format::Ods => Feuille::Ods(ods::FeuilleOds::commencer(sortie, titre, entete)?),
        })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// The file refuses.
    pub fn ligne(&mut self, cellules: &[Cellule]) -> Result<(), TableurError> {
        match self {
            Feuille::Csv(f) => f.ligne(cellules),
            Feuille::Xlsx(f) => f.ligne(cellules),
            Feuille::Ods(f) => f.ligne(cellules),
        }
    }

    /// Ends the table and gives the file back.
    ///
    /// # Errors
    /// The file refuses.
    pub fn finir(self) -> Result<W, TableurError> {
        match self {
            Feuille::Csv(f) => f.finir(),
            Feuille::Xlsx(f) => f.finir(),
            Feuille::Ods(f) => f.finir(),
        }
    }
}

/// A text that no spreadsheet takes for a formula: an apostrophe before `= + - @`, a tab or a line end.
pub fn inerte(texte: &str) -> String {
    if texte.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{texte}")
    } else {
        texte.to_owned()
    }
}

/// A text inside XML, without the characters that XML forbids.
fn xml(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len());
    for c in texte.chars() {
        match c {
            '&' => sortie.push_str("&amp;"),
            '<' => sortie.push_str("&lt;"),
            '>' => sortie.push_str("&gt;"),
            '"' => sortie.push_str("&quot;"),
            '\t' | '\n' | '\r' => sortie.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => sortie.push(c),
        }
    }
    sortie
}

/// How the parts of the archives are compressed.
fn options() -> zip::write::SimpleFileOptions {
    zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .large_file(false)
}
