//! A file of columns, read into lines that remember their number.

use std::fmt;
use std::path::{Path, PathBuf};

use csv::StringRecord;
use sha2::{Digest, Sha256};

use super::classeur;

/// Why a file could not be read as a table. The messages are shown to the user.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file itself could not be read.
    #[error("lecture impossible de {}\u{a0}: {source}", path.display())]
    Io {
        /// The file asked for.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// Neither CSV, XLSX nor ODS by its name.
    #[error("{}\u{a0}: format non reconnu (CSV, XLSX ou ODS attendu)", .0.display())]
    Format(PathBuf),
    /// A line that is not UTF-8 text, or is not CSV.
    #[error("ligne {ligne}\u{a0}: {message}")]
    Ligne {
        /// Line of the file, 1 being the header.
        ligne: u64,
        /// What is wrong with it.
        message: String,
    },
    /// A workbook that cannot be opened.
    #[error("classeur illisible\u{a0}: {0}")]
    Classeur(#[from] calamine::Error),
    /// No header line.
    #[error("le fichier est vide")]
    Vide,
    /// A workbook without the sheet asked for.
    #[error("pas de feuille «\u{a0}{cherchee}\u{a0}» dans ce classeur, qui contient\u{a0}: {}", .feuilles.join(", "))]
    FeuilleAbsente {
        /// The name asked for.
        cherchee: String,
        /// Those that there are.
        feuilles: Vec<String>,
    },
    /// A column the import needs is not there.
    #[error("colonne «\u{a0}{colonne}\u{a0}» absente de la première ligne{lieu}")]
    ColonneAbsente {
        /// The column.
        colonne: &'static str,
        /// The sheet that was read, and the others; nothing for a CSV.
        lieu: Lieu,
    },
    /// The same column name twice: which one is meant cannot be known.
    #[error("colonne «\u{a0}{0}\u{a0}» présente deux fois")]
    ColonneDouble(String),
}

/// Where in a workbook the table was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lieu {
    /// The sheet; none in a CSV.
    pub feuille: Option<String>,
    /// The others of the workbook.
    pub autres: Vec<String>,
    /// Lines that the spreadsheet hides, in the whole workbook: they are read as the others.
    pub masquees: usize,
}

impl fmt::Display for Lieu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(feuille) = &self.feuille else {
            return Ok(());
        };
        write!(f, " de la feuille «\u{a0}{feuille}\u{a0}»")?;
        if !self.autres.is_empty() {
            write!(
                f,
                ". Le classeur en contient d’autres\u{a0}: {}. Choisissez avec --feuille",
                self.autres.join(", ")
            )?;
        }
        Ok(())
    }
}

/// One line of the file: its number (the header is line 1) and its cells as text.
#[derive(Debug, Clone)]
pub struct Ligne {
    /// Line number in the file, as an editor or a spreadsheet shows it.
    pub numero: u64,
    /// Cells, in the order of the header; possibly fewer or more than the header has.
    pub cellules: StringRecord,
}

impl Ligne {
    /// `="01004"`, by which a spreadsheet is kept from eating a zero, is `01004`.
    fn sans_formule(mut self) -> Ligne {
        fn nu(cellule: &str) -> Option<&str> {
            cellule.trim().strip_prefix("=\"")?.strip_suffix('"')
        }
        if self.cellules.iter().any(|c| nu(c).is_some()) {
            self.cellules = self.cellules.iter().map(|c| nu(c).unwrap_or(c)).collect();
        }
        self
    }

    /// The trimmed text of a cell; empty where the line is too short.
    pub fn texte(&self, colonne: usize) -> &str {
        self.cellules.get(colonne).unwrap_or("").trim()
    }

    /// The trimmed text of an optional column, `None` when the column or the text is missing.
    pub fn facultatif(&self, colonne: Option<usize>) -> Option<&str> {
        colonne
            .map(|c| self.texte(c))
            .filter(|text| !text.is_empty())
    }
}

/// A whole file in memory.
#[derive(Debug)]
pub struct Table {
    /// Column names, trimmed, lower case.
    pub entetes: Vec<String>,
    /// Lines after the header, blank ones left out.
    pub lignes: Vec<Ligne>,
    /// SHA-256 of the file, in hexadecimal.
    pub empreinte: String,
    /// Where it was read.
    pub lieu: Lieu,
}

impl Table {
    /// Reads a CSV (comma, semicolon or tab), XLSX or ODS file, chosen by its extension. `feuille`: the sheet of a
    /// workbook; the first one otherwise.
    ///
    /// # Errors
    /// The file cannot be read, is not of these formats, has no such sheet, or a line of it is not text.
    pub fn read(path: &Path, feuille: Option<&str>) -> Result<Self, TableError> {
        let bytes = std::fs::read(path).map_err(|source| TableError::Io {
            path: path.to_owned(),
            source,
        })?;
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("csv" | "txt" | "tsv") => Self::from_csv(&bytes),
            Some("xlsx" | "ods") => classeur::read(bytes, feuille),
            _ => Err(TableError::Format(path.to_owned())),
        }
    }

    /// Reads CSV text in UTF-8, with or without a byte order mark.
    ///
    /// # Errors
    /// A line that is not UTF-8 or not CSV (with its number), or no header.
    pub fn from_csv(bytes: &[u8]) -> Result<Self, TableError> {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let annonce = annonce(text);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(annonce.unwrap_or_else(|| delimiter(text)))
            .from_reader(text);
        let mut lignes = Vec::new();
        let mut line = Lines::new(text);
        for record in reader.records().skip(usize::from(annonce.is_some())) {
            let cellules = record.map_err(|error| csv_error(&error, text))?;
            let numero = line.at(cellules.position().map_or(0, csv::Position::byte));
            lignes.push(Ligne { numero, cellules });
        }
        Self::new(lignes, bytes, Lieu::default())
    }

    /// Takes the first line as the header and leaves out blank lines.
    pub(super) fn new(lignes: Vec<Ligne>, bytes: &[u8], lieu: Lieu) -> Result<Self, TableError> {
        let mut lignes = lignes
            .into_iter()
            .map(Ligne::sans_formule)
            .filter(|l| l.cellules.iter().any(|c| !c.trim().is_empty()));
        let header = lignes.next().ok_or(TableError::Vide)?;
        let entetes: Vec<String> = header
            .cellules
            .iter()
            .map(|name| name.trim().to_lowercase())
            .collect();
        for (i, name) in entetes.iter().enumerate() {
            if !name.is_empty() && entetes[..i].contains(name) {
                return Err(TableError::ColonneDouble(name.clone()));
            }
        }
        Ok(Self {
            entetes,
            lignes: lignes.collect(),
            empreinte: hex(&Sha256::digest(bytes)),
            lieu,
        })
    }

    /// Position of a column the import cannot do without.
    ///
    /// # Errors
    /// [`TableError::ColonneAbsente`].
    pub fn colonne(&self, name: &'static str) -> Result<usize, TableError> {
        self.colonne_facultative(name)
            .ok_or_else(|| TableError::ColonneAbsente {
                colonne: name,
                lieu: self.lieu.clone(),
            })
    }

    /// Position of a column the file may leave out.
    pub fn colonne_facultative(&self, name: &str) -> Option<usize> {
        self.entetes.iter().position(|entete| entete == name)
    }
}

/// The separator that a first line `sep=;` announces, as Excel writes it.
fn annonce(text: &[u8]) -> Option<u8> {
    let ligne = premiere_ligne(text).strip_prefix(b"sep=")?;
    match ligne {
        [separateur] => Some(*separateur),
        _ => None,
    }
}

fn premiere_ligne(text: &[u8]) -> &[u8] {
    text.split(|b| matches!(b, b'\r' | b'\n'))
        .next()
        .unwrap_or(text)
}

/// The separator that occurs most in the header: a French spreadsheet exports semicolons.
fn delimiter(text: &[u8]) -> u8 {
    let header = premiere_ligne(text);
    let count = |sep: u8| header.iter().filter(|b| **b == sep).count();
    [b';', b'\t'].into_iter().fold(
        b',',
        |best, sep| if count(sep) > count(best) { sep } else { best },
    )
}

/// Line numbers as an editor counts them: the parser's own are one behind where lines end in
/// CR LF, and do not count the blank lines before a record.
struct Lines<'a> {
    text: &'a [u8],
    byte: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            byte: 0,
            line: 1,
        }
    }

    /// The line of the first character at or after an offset, line ends left out; offsets only grow.
    fn at(&mut self, offset: u64) -> u64 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        while let Some(byte) = self.text.get(self.byte) {
            if self.byte >= offset && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            // CR LF ends one line, CR alone too.
            let fin =
                *byte == b'\n' || (*byte == b'\r' && self.text.get(self.byte + 1) != Some(&b'\n'));
            self.line += u64::from(fin);
            self.byte += 1;
        }
        self.line
    }
}

fn csv_error(error: &csv::Error, text: &[u8]) -> TableError {
    let ligne = error
        .position()
        .map_or(0, |position| Lines::new(text).at(position.byte()));
    let message = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => {
            "le texte n’est pas en UTF-8 (enregistrez le fichier en «\u{a0}CSV UTF-8\u{a0}»)".into()
        }
        _ => error.to_string(),
    };
    TableError::Ligne { ligne, message }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
