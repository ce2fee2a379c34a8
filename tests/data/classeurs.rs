//! The same columns in CSV, XLSX and ODS give the same lines.

use std::io::{Cursor, Write};

use releve::actions::import::Issue;
use releve::import::table::{Table, TableError};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::appui::{Atelier, CAISSES, COMMUNES, LIGNES, ZONAGE, description, erreurs, refuse};

/// A cell as a spreadsheet stores it.
#[derive(Clone)]
enum Cellule {
    Texte(String),
    Nombre(f64),
    /// A day: the number of XLSX, the text of ODS.
    Jour(f64, &'static str),
    Erreur,
}

fn lignes(csv: &str) -> Vec<Vec<Cellule>> {
    let cellules = |ligne: &str| {
        ligne
            .split(',')
            .map(|c| Cellule::Texte(c.to_owned()))
            .collect()
    };
    csv.lines().map(cellules).collect()
}

fn archive(fichiers: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (nom, contenu) in fichiers {
        zip.start_file(*nom, options).expect("a file");
        zip.write_all(contenu.as_bytes()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

fn xml(texte: &str) -> String {
    texte.replace('&', "&amp;").replace('<', "&lt;")
}

fn xlsx(lignes: &[Vec<Cellule>]) -> Vec<u8> {
    let cellule = |c: &Cellule| match c {
        Cellule::Texte(t) => format!(r#"<c t="inlineStr"><is><t>{}</t></is></c>"#, xml(t)),
        Cellule::Nombre(n) => format!("<c><v>{n}</v></c>"),
        Cellule::Jour(n, _) => format!(r#"<c s="1"><v>{n}</v></c>"#),
        Cellule::Erreur => r#"<c t="e"><v>#N/A</v></c>"#.to_owned(),
    };
    let rows: String = lignes
        .iter()
        .map(|ligne| {
            format!(
                "<row>{}</row>",
                ligne.iter().map(cellule).collect::<String>()
            )
        })
        .collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let doc = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let rel = "http://schemas.openxmlformats.org/package/2006/relationships";
    archive(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        (
            "_rels/.rels",
            &format!(
                r#"<Relationships xmlns="{rel}"><Relationship Id="r1" Type="{doc}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships xmlns="{rel}"><Relationship Id="r1" Type="{doc}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="{main}" xmlns:r="{doc}"><sheets><sheet name="Zonage" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                r#"<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#),
        ),
    ])
}

fn ods(lignes: &[Vec<Cellule>]) -> Vec<u8> {
    let cellule = |c: &Cellule| {
        match c {
        Cellule::Texte(t) if t.is_empty() => "<table:table-cell/>".to_owned(),
        Cellule::Texte(t) => {
            format!(r#"<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>"#, xml(t))
        }
        Cellule::Nombre(n) => {
            format!(r#"<table:table-cell office:value-type="float" office:value="{n}"><text:p>{n}</text:p></table:table-cell>"#)
        }
        Cellule::Jour(_, iso) => {
            format!(r#"<table:table-cell office:value-type="date" office:date-value="{iso}"><text:p>{iso}</text:p></table:table-cell>"#)
        }
        Cellule::Erreur => r#"<table:table-cell office:value-type="string"><text:p>#N/A</text:p></table:table-cell>"#.to_owned(),
    }
    };
    let rows: String = lignes
        .iter()
        .map(|l| {
            format!(
                "<table:table-row>{}</table:table-row>",
                l.iter().map(cellule).collect::<String>()
            )
        })
        .collect();
    let ns = "urn:oasis:names:tc:opendocument:xmlns";
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            &format!(
                r#"<manifest:manifest xmlns:manifest="{ns}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"#
            ),
        ),
        (
            "content.xml",
            &format!(
                r#"<office:document-content xmlns:office="{ns}:office:1.0" xmlns:table="{ns}:table:1.0" xmlns:text="{ns}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Zonage">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
            ),
        ),
    ])
}

#[test]
fn a_whole_reference_set_comes_in_any_format() {
    let atelier = Atelier::new();
    let classeur = |nom: &str, csv: &str, en: fn(&[Vec<Cellule>]) -> Vec<u8>| {
        atelier.fichier(nom, en(&lignes(csv)))
    };
    atelier
        .importer_caisses(&classeur("o.xlsx", CAISSES, xlsx))
        .expect("caisses");
    atelier
        .importer_communes(&classeur("c.ods", COMMUNES, ods))
        .expect("communes");
    let zonage = format!("{ZONAGE}{LIGNES}");
    let acte = description("99", "2026-03-01", Some("A-1"));
    let premier = atelier
        .arrete(&[classeur("z.xlsx", &zonage, xlsx)], &acte, false)
        .expect("xlsx");
    assert_eq!(premier.compte.ajoutes, 4);
    // The other formats hold the same: nothing to do.
    for fichier in [
        classeur("z.ods", &zonage, ods),
        atelier.fichier("z.csv", &zonage),
    ] {
        let bilan = atelier.arrete(&[fichier], &acte, false).expect("the same");
        assert_eq!((bilan.issue, bilan.compte.inchanges), (Issue::Inchange, 4));
    }
    let csv = atelier.communes(COMMUNES).expect("the same communes");
    assert_eq!(csv.issue, Issue::Inchange);
}

#[test]
fn numbers_and_days_read_as_the_csv_writes_them() {
    let atelier = Atelier::new();
    let jour = Cellule::Jour(45_814.0, "2025-06-06");
    let feuille = [
        vec![
            Cellule::Texte("insee".into()),
            Cellule::Texte("population".into()),
            Cellule::Texte("date".into()),
        ],
        vec![Cellule::Nombre(13_055.0), Cellule::Nombre(886_040.0), jour],
    ];
    for (nom, octets) in [("n.xlsx", xlsx(&feuille)), ("n.ods", ods(&feuille))] {
        let table = Table::read(&atelier.fichier(nom, octets)).expect(nom);
        let lues: Vec<&str> = (0..3).map(|c| table.lignes[0].texte(c)).collect();
        assert_eq!(lues, ["13055", "886040", "2025-06-06"], "{nom}");
        assert_eq!(table.lignes[0].numero, 2, "{nom}");
    }
}

#[test]
fn a_zero_eaten_by_the_spreadsheet_is_refused_not_guessed() {
    let atelier = Atelier::fictif();
    let mut feuille = lignes(&format!("{ZONAGE}{LIGNES}"));
    feuille[2][0] = Cellule::Nombre(1_004.0);
    let fichier = atelier.fichier("z.xlsx", xlsx(&feuille));
    let rapport = refuse(atelier.arrete(&[fichier], &description("99", "2026-03-01", None), false));
    assert_eq!(
        erreurs(&rapport),
        [
            "ligne 3 : code INSEE « 1004 » : 5 caractères attendus (zéro initial perdu par le tableur ? mettez la colonne au format Texte)"
        ]
    );
}

#[test]
fn a_cell_in_error_is_named_by_its_line() {
    let atelier = Atelier::new();
    let mut feuille = lignes(CAISSES);
    feuille[1][1] = Cellule::Erreur;
    let erreur = Table::read(&atelier.fichier("o.xlsx", xlsx(&feuille))).expect_err("refused");
    assert!(
        matches!(erreur, TableError::Ligne { ligne: 2, .. }),
        "{erreur}"
    );
}

#[test]
fn csv_comes_with_semicolons_tabs_quotes_and_a_mark() {
    let semicolons =
        Table::from_csv("\u{feff}insee;nom\r\n01001;\"Val; haut\"\r\n\r\n01002;Bas\r\n".as_bytes());
    let table = semicolons.expect("read");
    assert_eq!(table.entetes, ["insee", "nom"]);
    assert_eq!(table.lignes[0].texte(1), "Val; haut");
    assert_eq!((table.lignes.len(), table.lignes[1].numero), (2, 4));
    let tabs = Table::from_csv(b"insee\tnom\n01001\tVal, bas\n").expect("read");
    assert_eq!(tabs.lignes[0].texte(1), "Val, bas");
}
