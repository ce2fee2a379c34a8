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

regles::text_enum! {
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

/// Rows looked at before the first is written, to know how wide the columns are.
const ESSAI: usize = 100;
/// The narrowest and the widest column, in characters: a longer text goes on over the next column or is cut.
const LARGEURS: (usize, usize) = (10, 60);

/// A table being written.
pub struct Feuille<W: Write + Seek> {
    format: Format,
    titre: String,
    entete: Vec<String>,
    /// Where it will be written, and the rows that wait, until the columns are known.
    attente: Option<(W, Vec<Vec<Cellule>>)>,
    ecrit: Option<Ecrit<W>>,
}

/// A table of which the beginning is written.
enum Ecrit<W: Write + Seek> {
    Csv(csv::FeuilleCsv<W>),
    Xlsx(xlsx::FeuilleXlsx<W>),
    Ods(ods::FeuilleOds<W>),
}

impl<W: Write + Seek> Ecrit<W> {
    fn ligne(&mut self, cellules: &[Cellule]) -> Result<(), TableurError> {
        match self {
            Ecrit::Csv(f) => f.ligne(cellules),
            Ecrit::Xlsx(f) => f.ligne(cellules),
            Ecrit::Ods(f) => f.ligne(cellules),
        }
    }
}

impl<W: Write + Seek> Feuille<W> {
    /// Begins a table with its header. `titre`: the name of the sheet, and of the document.
    pub fn commencer(format: Format, sortie: W, titre: &str, entete: &[&str]) -> Feuille<W> {
        Feuille {
            format,
            titre: titre.to_owned(),
            entete: entete.iter().map(|t| (*t).to_owned()).collect(),
            attente: Some((sortie, Vec::new())),
            ecrit: None,
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// The file refuses.
    pub fn ligne(&mut self, cellules: &[Cellule]) -> Result<(), TableurError> {
        if let Some((_, lignes)) = &mut self.attente {
            lignes.push(cellules.to_vec());
            if lignes.len() < ESSAI {
                return Ok(());
            }
            return self.ouvrir();
        }
        self.ecrit.as_mut().map_or(Ok(()), |e| e.ligne(cellules))
    }

    /// Writes the beginning, then the rows that waited.
    fn ouvrir(&mut self) -> Result<(), TableurError> {
        let Some((sortie, lignes)) = self.attente.take() else {
            return Ok(());
        };
        let largeurs = largeurs(&self.entete, &lignes);
        let (titre, entete) = (&self.titre, &self.entete);
        let mut ecrit = match self.format {
            Format::Csv => Ecrit::Csv(csv::FeuilleCsv::commencer(sortie, entete)?),
            Format::Xlsx => Ecrit::Xlsx(xlsx::FeuilleXlsx::commencer(
                sortie, titre, entete, &largeurs,
            )?),
            Format::Ods => Ecrit::Ods(ods::FeuilleOds::commencer(
                sortie, titre, entete, &largeurs,
            )?),
        };
        for ligne in &lignes {
            ecrit.ligne(ligne)?;
        }
        self.ecrit = Some(ecrit);
        Ok(())
    }

    /// Ends the table and gives the file back.
    ///
    /// # Errors
    /// The file refuses.
    pub fn finir(mut self) -> Result<W, TableurError> {
        self.ouvrir()?;
        match self.ecrit {
            Some(Ecrit::Csv(f)) => f.finir(),
            Some(Ecrit::Xlsx(f)) => f.finir(),
            Some(Ecrit::Ods(f)) => f.finir(),
            None => Err(std::io::Error::other("a table that was never opened").into()),
        }
    }
}

/// The width of each column, in characters: its header and what its first rows hold.
fn largeurs(entete: &[String], lignes: &[Vec<Cellule>]) -> Vec<usize> {
    let (etroite, large) = LARGEURS;
    let longueur = |cellule: &Cellule| match cellule {
        Cellule::Texte(t) => t.chars().count(),
        Cellule::Nombre(n) => n.to_string().len(),
        Cellule::Date(_) => "31/12/2026".len(),
        Cellule::Vide => 0,
    };
    let plus_long = |(rang, titre): (usize, &String)| {
        let cellules = lignes.iter().filter_map(|l| l.get(rang)).map(longueur);
        let long = cellules.fold(titre.chars().count(), usize::max);
        (long + 2).clamp(etroite, large)
    };
    entete.iter().enumerate().map(plus_long).collect()
}

/// The title of the document in its metadata.
fn titre_du_document(titre: &str) -> String {
    format!("{titre} — Relève")
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
