//! ODS, one sheet, written from its first row to its last.

use std::io::{Seek, Write};

use zip::{CompressionMethod, ZipWriter};

use super::{Cellule, TableurError, inerte, options, xml};

const MEDIA: &str = "application/vnd.oasis.opendocument.spreadsheet";
const MANIFESTE: &str = r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;
const DEBUT: &str = r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles><number:date-style style:name="jour"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><style:style style:name="date" style:family="table-cell" style:data-style-name="jour"/><style:style style:name="tete" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles><office:body><office:spreadsheet>"#;

/// A document being written.
pub struct FeuilleOds<W: Write + Seek> {
    archive: ZipWriter<W>,
}

impl<W: Write + Seek> FeuilleOds<W> {
    pub(super) fn commencer(sortie: W, titre: &str, entete: &[&str]) -> Result<Self, TableurError> {
        let mut archive = ZipWriter::new(sortie);
        // First and not compressed: that is how the format is recognised.
        archive.start_file(
            "mimetype",
            options().compression_method(CompressionMethod::Stored),
        )?;
        archive.write_all(MEDIA.as_bytes())?;
        archive.start_file("META-INF/manifest.xml", options())?;
        archive.write_all(MANIFESTE.as_bytes())?;
        archive.start_file("content.xml", options())?;
        archive.write_all(DEBUT.as_bytes())?;
        archive.write_all(format!(r#"<table:table table:name="{}">"#, xml(titre)).as_bytes())?;
        let mut feuille = FeuilleOds { archive };
        let entete: Vec<Cellule> = entete.iter().map(|t| Cellule::from(*t)).collect();
        feuille.ecrire(&entete, r#" table:style-name="tete""#)?;
        Ok(feuille)
    }

    pub(super) fn ligne(&mut self, cellules: &[Cellule]) -> Result<(), TableurError> {
        self.ecrire(cellules, "")
    }

    fn ecrire(&mut self, cellules: &[Cellule], style: &str) -> Result<(), TableurError> {
        let mut ligne = String::from("<table:table-row>");
        for cellule in cellules {
            match cellule {
                Cellule::Texte(t) => ligne.push_str(&format!(
                    r#"<table:table-cell{style} office:value-type="string"><text:p>{}</text:p></table:table-cell>"#,
                    xml(&inerte(t))
                )),
                Cellule::Nombre(n) => ligne.push_str(&format!(
                    r#"<table:table-cell office:value-type="float" office:value="{n}"><text:p>{n}</text:p></table:table-cell>"#
                )),
                Cellule::Date(d) => ligne.push_str(&format!(
                    r#"<table:table-cell table:style-name="date" office:value-type="date" office:date-value="{d}"><text:p>{}</text:p></table:table-cell>"#,
                    d.format("%d/%m/%Y")
                )),
                Cellule::Vide => ligne.push_str("<table:table-cell/>"),
            }
        }
        ligne.push_str("</table:table-row>");
        Ok(self.archive.write_all(ligne.as_bytes())?)
    }

    pub(super) fn finir(mut self) -> Result<W, TableurError> {
        self.archive.write_all(
            b"</table:table></office:spreadsheet></office:body></office:document-content>",
        )?;
        Ok(self.archive.finish()?)
    }
}
