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
    classeur_xlsx(&[("Zonage", lignes, 0)])
}

/// Sheets, each with how many of its last lines are hidden.
fn classeur_xlsx(feuilles: &[(&str, &[Vec<Cellule>], usize)]) -> Vec<u8> {
    let cellule = |c: &Cellule| match c {
        Cellule::Texte(t) => format!(r#"<c t="inlineStr"><is><t>{}</t></is></c>"#, xml(t)),
        Cellule::Nombre(n) => format!("<c><v>{n}</v></c>"),
        Cellule::Jour(n, _) => format!(r#"<c s="1"><v>{n}</v></c>"#),
        Cellule::Erreur => r#"<c t="e"><v>#N/A</v></c>"#.to_owned(),
    };
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let doc = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let rel = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut relations, mut noms, mut pages) = (String::new(), String::new(), Vec::new());
    for (rang, (nom, lignes, masquees)) in (1..).zip(feuilles) {
        relations.push_str(&format!(
            r#"<Relationship Id="r{rang}" Type="{doc}/worksheet" Target="worksheets/sheet{rang}.xml"/>"#
        ));
        noms.push_str(&format!(
            r#"<sheet name="{nom}" sheetId="{rang}" r:id="r{rang}"/>"#
        ));
        let rows: String = (0..)
            .zip(*lignes)
            .map(|(i, ligne)| {
                let cachee = if i + masquees >= lignes.len() {
                    r#" spans="1:2" hidden="1""#
                } else {
                    ""
                };
                let cellules: String = ligne.iter().map(cellule).collect();
                format!("<row{cachee}>{cellules}</row>")
            })
            .collect();
        pages.push((
            format!("xl/worksheets/sheet{rang}.xml"),
            format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#),
        ));
    }
    let relations = format!(r#"<Relationships xmlns="{rel}">{relations}</Relationships>"#);
    let classeur =
        format!(r#"<workbook xmlns="{main}" xmlns:r="{doc}"><sheets>{noms}</sheets></workbook>"#);
    let racine = format!(
        r#"<Relationships xmlns="{rel}"><Relationship Id="r1" Type="{doc}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let styles = format!(
        r#"<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
    );
    let mut parties = vec![
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        ("_rels/.rels", &racine),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/workbook.xml", &classeur),
        ("xl/styles.xml", &styles),
    ];
    parties.extend(
        pages
            .iter()
            .map(|(nom, page)| (nom.as_str(), page.as_str())),
    );
    archive(&parties)
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
        let table = Table::read(&atelier.fichier(nom, octets), None).expect(nom);
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
    let erreur =
        Table::read(&atelier.fichier("o.xlsx", xlsx(&feuille)), None).expect_err("refused");
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

/// A CSV as Excel writes it.
#[test]
fn a_csv_of_excel_announces_its_separator_ends_its_lines_with_cr_and_keeps_its_zeros() {
    let table = Table::from_csv(
        b"sep=;\r\ninsee;nom;population;note\r\n=\"01004\";Amb\xc3\xa9rieu, en Bugey;14 204\r\n01005;Bas;12;;;\r\n",
    )
    .expect("read");
    assert_eq!(table.entetes, ["insee", "nom", "population", "note"]);
    assert_eq!(table.lignes[0].texte(0), "01004");
    assert_eq!(table.lignes[0].texte(1), "Amb\u{e9}rieu, en Bugey");
    assert_eq!(table.lignes[0].texte(3), "");
    assert_eq!((table.lignes[0].numero, table.lignes[1].numero), (3, 4));
    let mac = Table::from_csv(b"insee;nom\r01001;Haut\r\r01002;Bas\r").expect("read");
    assert_eq!((mac.lignes.len(), mac.lignes[1].numero), (2, 4));
    // A column may well be called so.
    let colonne = Table::from_csv(b"sep=max,nom\n1,a\n").expect("read");
    assert_eq!(colonne.entetes, ["sep=max", "nom"]);
}

#[test]
fn cells_left_out_or_added_at_the_end_of_a_line_are_empty_a_text_there_is_named() {
    let atelier = Atelier::new();
    let (entete, ligne) = CAISSES.split_once('\n').expect("a header");
    let premiere = ligne.lines().next().expect("a line");
    let large = format!("{entete}\n{premiere},,\n");
    let bilan = atelier.caisses(&large).expect("accepted");
    assert_eq!(bilan.compte.ajoutes, 1);
    let trop = format!("{entete}\n{premiere},,reste\n");
    let rapport = refuse(atelier.caisses(&trop));
    let dites = erreurs(&rapport);
    assert!(
        dites[0].starts_with("ligne 2 : « reste » est au-delà des"),
        "{dites:?}"
    );
}

/// The table is on the second sheet, behind a cover.
#[test]
fn the_sheet_is_named_and_chosen_and_hidden_lines_are_said() {
    let atelier = Atelier::new();
    let garde = [vec![Cellule::Texte("Zonage 2026".into())]];
    let table = lignes("insee,nom\n01001,Haut\n01002,Bas");
    let classeur = classeur_xlsx(&[("Accueil", &garde, 1), ("Communes", &table, 1)]);
    let fichier = atelier.fichier("deux.xlsx", classeur);
    let premiere = Table::read(&fichier, None).expect("read");
    let refus = premiere.colonne("insee").expect_err("refused").to_string();
    assert!(refus.contains("feuille «\u{a0}Accueil\u{a0}»"), "{refus}");
    assert!(
        refus.contains("Communes") && refus.contains("--feuille"),
        "{refus}"
    );
    let choisie = Table::read(&fichier, Some(" communes")).expect("read");
    assert_eq!(choisie.lignes.len(), 2);
    assert_eq!(choisie.lieu.masquees, 2, "one line of each sheet is hidden");
    let absente = Table::read(&fichier, Some("Zones"))
        .expect_err("refused")
        .to_string();
    assert!(
        absente.contains("Zones") && absente.contains("Accueil, Communes"),
        "{absente}"
    );
}
