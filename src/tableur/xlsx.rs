//! XLSX, one sheet: text kept inside each cell, so that nothing has to be remembered until the end.

use std::io::{Seek, Write};

use chrono::NaiveDate;
use zip::ZipWriter;

use super::{Cellule, TableurError, inerte, options, titre_du_document, xml};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;
const RELATIONS_CLASSEUR: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
/// Style 0: plain; 1: header, bold; 2: a day, as 12/03/2026 whatever the language of the reader's own machine.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#;

/// A workbook being written.
pub struct FeuilleXlsx<W: Write + Seek> {
    archive: ZipWriter<W>,
    rang: u32,
}

impl<W: Write + Seek> FeuilleXlsx<W> {
    /// `largeurs`: of each column, in characters.
    pub(super) fn commencer(
        sortie: W,
        titre: &str,
        entete: &[String],
        largeurs: &[usize],
    ) -> Result<Self, TableurError> {
        let mut archive = ZipWriter::new(sortie);
        // Excel refuses sheet names of more than 31 characters, or with these.
        let nom: String = titre
            .chars()
            .filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\'))
            .take(31)
            .collect();
        // The first row names the columns: on each printed page, and to screen readers by the name that they look for.
        let feuille = format!("'{}'", xml(&nom).replace('\'', "''"));
        let classeur = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">{feuille}!$1:$1</definedName><definedName name="ColumnTitle">{feuille}!$A$1</definedName></definedNames></workbook>"#,
            xml(&nom)
        );
        let proprietes = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:language>fr-FR</dc:language></cp:coreProperties>"#,
            xml(&titre_du_document(titre))
        );
        for (chemin, contenu) in [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELATIONS),
            ("xl/workbook.xml", classeur.as_str()),
            ("xl/_rels/workbook.xml.rels", RELATIONS_CLASSEUR),
            ("xl/styles.xml", STYLES),
            ("docProps/core.xml", proprietes.as_str()),
        ] {
            archive.start_file(chemin, options())?;
            archive.write_all(contenu.as_bytes())?;
        }
        archive.start_file("xl/worksheets/sheet1.xml", options())?;
        archive.write_all(br#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>"#)?;
        for (rang, largeur) in (1..).zip(largeurs) {
            let colonne =
                format!(r#"<col min="{rang}" max="{rang}" width="{largeur}" customWidth="1"/>"#);
            archive.write_all(colonne.as_bytes())?;
        }
        archive.write_all(b"</cols><sheetData>")?;
        let mut feuille = FeuilleXlsx { archive, rang: 0 };
        let entete: Vec<Cellule> = entete.iter().map(|t| Cellule::from(t.as_str())).collect();
        feuille.ecrire(&entete, 1)?;
        Ok(feuille)
    }

    pub(super) fn ligne(&mut self, cellules: &[Cellule]) -> Result<(), TableurError> {
        self.ecrire(cellules, 0)
    }

    fn ecrire(&mut self, cellules: &[Cellule], style: u8) -> Result<(), TableurError> {
        self.rang += 1;
        let mut ligne = format!(r#"<row r="{}">"#, self.rang);
        for (colonne, cellule) in cellules.iter().enumerate() {
            let reference = format!("{}{}", lettres(colonne), self.rang);
            match cellule {
                Cellule::Texte(t) => ligne.push_str(&format!(
                    r#"<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
                    xml(&inerte(t))
                )),
                Cellule::Nombre(n) => {
                    ligne.push_str(&format!(r#"<c r="{reference}"><v>{n}</v></c>"#));
                }
                Cellule::Date(d) => ligne.push_str(&format!(
                    r#"<c r="{reference}" s="2"><v>{}</v></c>"#,
                    numero_de_jour(*d)
                )),
                Cellule::Vide => {}
            }
        }
        ligne.push_str("</row>");
        Ok(self.archive.write_all(ligne.as_bytes())?)
    }

    pub(super) fn finir(mut self) -> Result<W, TableurError> {
        self.archive.write_all(b"</sheetData></worksheet>")?;
        Ok(self.archive.finish()?)
    }
}

/// The days since 30 December 1899, as Excel counts them (right from March 1900 on).
fn numero_de_jour(date: NaiveDate) -> i64 {
    NaiveDate::from_ymd_opt(1899, 12, 30).map_or(0, |origine| (date - origine).num_days())
}

/// A, B… Z, AA, AB…
fn lettres(colonne: usize) -> String {
    let mut reste = colonne;
    let mut nom = String::new();
    loop {
        nom.insert(0, char::from(b'A' + u8::try_from(reste % 26).unwrap_or(0)));
        if reste < 26 {
            return nom;
        }
        reste = reste / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn les_colonnes_portent_leurs_lettres() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(lettres),
            ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
        );
    }
}
