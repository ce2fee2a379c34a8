//! XLSX and ODS workbooks: the sheet asked for, or the first, read as the same columns as the CSV.
//!
//! A code typed as a number in a spreadsheet has lost its leading zero. It is read as the
//! number it now is («1001»), and refused by the check of codes: guessing the zero back would
//! be a silent repair.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use calamine::{Data, ExcelDateTime, Reader, open_workbook_auto_from_rs};
use chrono::NaiveDate;
use csv::StringRecord;
use zip::ZipArchive;

use super::table::{Lieu, Ligne, Table, TableError};

/// Reads a sheet of a workbook.
///
/// # Errors
/// Not a workbook, no such sheet, or a cell holding a spreadsheet error (`#N/A`…), with its line.
pub(super) fn read(bytes: Vec<u8>, feuille: Option<&str>) -> Result<Table, TableError> {
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes.as_slice()))?;
    let mut autres = workbook.sheet_names();
    let rang = match feuille {
        None => 0,
        Some(cherchee) => autres
            .iter()
            .position(|nom| nom.trim().to_lowercase() == cherchee.trim().to_lowercase())
            .ok_or_else(|| TableError::FeuilleAbsente {
                cherchee: cherchee.to_owned(),
                feuilles: autres.clone(),
            })?,
    };
    let range = workbook
        .worksheet_range_at(rang)
        .ok_or(TableError::Vide)??;
    let lieu = Lieu {
        feuille: Some(autres.remove(rang)),
        autres,
        masquees: masquees(&bytes),
    };
    let first = range.start().map_or(0, |(row, _)| u64::from(row)) + 1;
    let mut lignes = Vec::with_capacity(range.height());
    for (numero, row) in (first..).zip(range.rows()) {
        let mut cellules = StringRecord::new();
        for cell in row {
            let text = text(cell).map_err(|message| TableError::Ligne {
                ligne: numero,
                message,
            })?;
            cellules.push_field(&text);
        }
        lignes.push(Ligne { numero, cellules });
    }
    Table::new(lignes, &bytes, lieu)
}

/// How many lines the workbook hides: no reader of workbooks tells it. One that does not open has said so before.
fn masquees(bytes: &[u8]) -> usize {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return 0;
    };
    let parties: Vec<String> = archive
        .file_names()
        .flatten()
        .map(Cow::into_owned)
        .filter(|nom| nom.starts_with("xl/worksheets/") || nom == "content.xml")
        .collect();
    parties
        .iter()
        .map(|nom| {
            let mut texte = String::new();
            let lue = archive
                .by_name(nom)
                .is_ok_and(|mut partie| partie.read_to_string(&mut texte).is_ok());
            if lue { lignes_masquees(&texte) } else { 0 }
        })
        .sum()
}

/// `<row … hidden="1">` of XLSX, `<table:table-row … table:visibility="collapse">` (or `filter`) of ODS.
fn lignes_masquees(xml: &str) -> usize {
    let ouvertes = ["<row ", "<table:table-row "];
    let marques = [
        "hidden=\"1\"",
        "hidden=\"true\"",
        "visibility=\"collapse\"",
        "visibility=\"filter\"",
    ];
    ouvertes
        .iter()
        .flat_map(|ouverte| xml.split(ouverte).skip(1))
        .filter_map(|reste| reste.split('>').next())
        .filter(|balise| marques.iter().any(|m| balise.contains(m)))
        .count()
}

/// The cell as the CSV would write it: dates in ISO form, whole numbers without a decimal point.
fn text(cell: &Data) -> Result<String, String> {
    Ok(match cell {
        Data::Empty => String::new(),
        Data::String(s) => s.clone(),
        Data::Int(i) => i.to_string(),
        Data::Float(f) => f.to_string(),
        Data::Bool(b) => if *b { "oui" } else { "non" }.to_owned(),
        Data::DateTime(date) => iso(date)?,
        Data::DateTimeIso(iso) | Data::DurationIso(iso) => {
            iso.strip_suffix("T00:00:00").unwrap_or(iso).to_owned()
        }
        Data::Error(error) => return Err(format!("cellule en erreur dans le tableur ({error})")),
    })
}

/// A spreadsheet day as `YYYY-MM-DD`; durations and days that do not exist are refused.
fn iso(date: &ExcelDateTime) -> Result<String, String> {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
        .filter(|_| date.is_datetime())
        .map(|day| day.to_string())
        .ok_or_else(|| format!("date illisible dans le tableur ({})", date.as_f64()))
}
