//! XLSX and ODS workbooks: the first sheet, read as the same columns as the CSV.
//!
//! A code typed as a number in a spreadsheet has lost its leading zero. It is read as the
//! number it now is («1001»), and refused by the check of codes: guessing the zero back would
//! be a silent repair.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Reader, open_workbook_auto_from_rs};
use chrono::NaiveDate;
use csv::StringRecord;

use super::table::{Ligne, Table, TableError};

/// Reads the first sheet of a workbook.
///
/// # Errors
/// Not a workbook, or a cell holding a spreadsheet error (`#N/A`…), with its line.
pub(super) fn read(bytes: Vec<u8>) -> Result<Table, TableError> {
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes.as_slice()))?;
    let range = workbook.worksheet_range_at(0).ok_or(TableError::Vide)??;
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
    Table::new(lignes, &bytes)
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
