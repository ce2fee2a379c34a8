//! CSV as French spreadsheets open it: semicolons, UTF-8 with its mark, dates as 12/03/2026.

use std::io::{Seek, Write};

use super::{Cellule, TableurError, inerte};

/// A CSV being written.
pub struct FeuilleCsv<W: Write + Seek> {
    sortie: csv::Writer<W>,
}

impl<W: Write + Seek> FeuilleCsv<W> {
    pub(super) fn commencer(mut sortie: W, entete: &[String]) -> Result<Self, TableurError> {
        sortie.write_all("\u{feff}".as_bytes())?;
        let mut sortie = csv::WriterBuilder::new()
            .delimiter(b';')
            .terminator(csv::Terminator::CRLF)
            .from_writer(sortie);
        sortie.write_record(entete)?;
        Ok(FeuilleCsv { sortie })
    }

    pub(super) fn ligne(&mut self, cellules: &[Cellule]) -> Result<(), TableurError> {
        let champs = cellules.iter().map(|c| match c {
            Cellule::Texte(t) => inerte(t),
            Cellule::Nombre(n) => n.to_string().replace('.', ","),
            Cellule::Date(d) => d.format("%d/%m/%Y").to_string(),
            Cellule::Vide => String::new(),
        });
        Ok(self.sortie.write_record(champs)?)
    }

    pub(super) fn finir(mut self) -> Result<W, TableurError> {
        self.sortie.flush()?;
        self.sortie
            .into_inner()
            .map_err(|e| TableurError::Ecriture(std::io::Error::other(e.to_string())))
    }
}
