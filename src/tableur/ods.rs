//! ODS, one sheet, written from its first row to its last.

use std::io::{Seek, Write};

use zip::{CompressionMethod, ZipWriter};

use super::{Cellule, TableurError, inerte, options, titre_du_document, xml};

const MEDIA: &str = "application/vnd.oasis.opendocument.spreadsheet";
const MANIFESTE: &str = r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;
const DEBUT: &str = r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles><number:date-style style:name="jour"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><style:style style:name="date" style:family="table-cell" style:data-style-name="jour"/><style:style style:name="tete" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>"#;
/// Every cell is in French.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"><office:styles><style:default-style style:family="table-cell"><style:text-properties fo:language="fr" fo:country="FR"/></style:default-style></office:styles></office:document-styles>"#;

/// What a character takes, in millimetres: a little more than in the usual fonts at 11 points.
const MM_PAR_SIGNE: usize = 2;

/// Title and language.
fn proprietes(titre: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta><dc:title>{}</dc:title><dc:language>fr-FR</dc:language></office:meta></office:document-meta>"#,
        xml(&titre_du_document(titre))
    )
}

/// The header stays in sight while the rows pass under it.
fn vue(titre: &str) -> String {
    let entier = |nom: &str, genre: &str, valeur: u8| {
        format!(
            r#"<config:config-item config:name="{nom}" config:type="{genre}">{valeur}</config:config-item>"#
        )
    };
    let reglages: String = [
        ("VerticalSplitMode", "short", 2),
        ("VerticalSplitPosition", "int", 1),
        ("ActiveSplitRange", "short", 2),
        ("PositionBottom", "int", 1),
    ]
    .map(|(nom, genre, valeur)| entier(nom, genre, valeur))
    .concat();
    let titre = xml(titre);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:ooo="http://openoffice.org/2004/office" office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1</config:config-item><config:config-item-map-named config:name="Tables"><config:config-item-map-entry config:name="{titre}">{reglages}</config:config-item-map-entry></config:config-item-map-named><config:config-item config:name="ActiveTable" config:type="string">{titre}</config:config-item></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>"#
    )
}

/// A document being written.
pub struct FeuilleOds<W: Write + Seek> {
    archive: ZipWriter<W>,
}

impl<W: Write + Seek> FeuilleOds<W> {
    /// `largeurs`: of each column, in characters.
    pub(super) fn commencer(
        sortie: W,
        titre: &str,
        entete: &[String],
        largeurs: &[usize],
    ) -> Result<Self, TableurError> {
        let mut archive = ZipWriter::new(sortie);
        // First and not compressed: that is how the format is recognised.
        archive.start_file(
            "mimetype",
            options().compression_method(CompressionMethod::Stored),
        )?;
        archive.write_all(MEDIA.as_bytes())?;
        archive.start_file("META-INF/manifest.xml", options())?;
        archive.write_all(MANIFESTE.as_bytes())?;
        let (proprietes, vue) = (proprietes(titre), vue(titre));
        for (chemin, contenu) in [
            ("styles.xml", STYLES),
            ("meta.xml", proprietes.as_str()),
            ("settings.xml", vue.as_str()),
            ("content.xml", DEBUT),
        ] {
            archive.start_file(chemin, options())?;
            archive.write_all(contenu.as_bytes())?;
        }
        for (rang, largeur) in largeurs.iter().enumerate() {
            let style = format!(
                r#"<style:style style:name="c{rang}" style:family="table-column"><style:table-column-properties style:column-width="{}mm"/></style:style>"#,
                largeur * MM_PAR_SIGNE
            );
            archive.write_all(style.as_bytes())?;
        }
        archive.write_all(
            format!(
                r#"</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="{}">"#,
                xml(titre)
            )
            .as_bytes(),
        )?;
        for rang in 0..largeurs.len() {
            let colonne = format!(r#"<table:table-column table:style-name="c{rang}"/>"#);
            archive.write_all(colonne.as_bytes())?;
        }
        // Rows that are said to be a header: repeated on each printed page.
        archive.write_all(b"<table:table-header-rows>")?;
        let mut feuille = FeuilleOds { archive };
        let entete: Vec<Cellule> = entete.iter().map(|t| Cellule::from(t.as_str())).collect();
        feuille.ecrire(&entete, r#" table:style-name="tete""#)?;
        feuille.archive.write_all(b"</table:table-header-rows>")?;
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
