//! A zonage that must be refused, line by line, leaving nothing behind.

use releve::actions::import::ImportError;
use releve::db::arrete;
use releve::import::table::TableError;

use super::appui::{Atelier, LIGNES, ZONAGE, description, erreurs, refuse};

fn aucun_arrete(atelier: &Atelier) {
    let arretes = atelier.db.read(|conn| arrete::de_region(conn, "70", "99"));
    assert!(arretes.expect("read").is_empty());
}

#[test]
fn wrong_lines_are_all_named_and_nothing_is_written() {
    let atelier = Atelier::fictif();
    let lignes = "90001,Valbourg,90,BV90001,Valbourg,intermediaire,99,,\n\
        90002,Petit-Val,90,BV90001\n\
        90001,Valbourg,90,BV90001,Valbourg,sous_dotee,99,,\n\
        91101,Montbourg 1er,91,AM91101,Montbourg 1er,prioritaire,99,,\n\
        91109,Inconnue,91,AM91101,Montbourg 1er,sous_dotee,99,,\n\
        91102,Montbourg 2e,91,AM91109,Montbourg 9e,sous_dotee,9,,\n";
    let rapport = refuse(atelier.zonage("2026-03-01", "A-1", lignes));
    assert_eq!(
        erreurs(&rapport),
        [
            "ligne 3 : 4 colonnes au lieu de 9",
            "ligne 4 : commune 90001 déjà donnée à la ligne 2",
            "ligne 5 : catégorie « prioritaire » inconnue",
            "ligne 6 : commune 91109 inconnue (importez d’abord les communes)",
            "ligne 7 : code de région « 9 » : 2 chiffres attendus (zéro initial perdu par le tableur ? mettez la colonne au format Texte)",
            "ligne 7 : bassin AM91109 inconnu (importez d’abord les communes)",
        ]
    );
    assert_eq!((rapport.lues, rapport.rejetees), (6, 5));
    aucun_arrete(&atelier);
}

#[test]
fn two_regimes_in_one_arrete_are_refused() {
    let atelier = Atelier::fictif();
    let melange = LIGNES.replacen("non_prioritaire", "sur_dotee_av5", 1);
    let rapport = refuse(atelier.zonage("2026-03-01", "A-1", &melange));
    assert_eq!(
        erreurs(&rapport),
        ["le fichier mêle des classes de l’avenant 5 et des zones non prioritaires (avenant 7)"]
    );
    aucun_arrete(&atelier);
}

#[test]
fn the_act_itself_is_checked() {
    let atelier = Atelier::fictif();
    let fichier = atelier.fichier("z.csv", format!("{ZONAGE}{LIGNES}"));
    let mut inconnue = description("97", "2026-03-01", None);
    let rapport = refuse(atelier.arrete(std::slice::from_ref(&fichier), &inconnue, false));
    assert_eq!(
        erreurs(&rapport),
        [
            "aucune ligne ne relève de l’arrêté de la région 97",
            "région « 97 » inconnue (importez d’abord les communes)",
        ]
    );
    inconnue.region = "99".to_owned();
    inconnue.signature = Some(super::appui::jour("2026-02-02"));
    inconnue.publication = Some(super::appui::jour("2026-02-01"));
    let rapport = refuse(atelier.arrete(&[fichier], &inconnue, false));
    assert_eq!(
        erreurs(&rapport),
        ["la date de publication précède la date de signature"]
    );
    aucun_arrete(&atelier);
}

#[test]
fn a_file_that_is_no_table_is_refused_with_a_reason() {
    let atelier = Atelier::fictif();
    let essai = |nom: &str, contenu: &[u8]| {
        let fichier = atelier.fichier(nom, contenu);
        let resultat = atelier.arrete(&[fichier], &description("99", "2026-03-01", None), false);
        match resultat {
            Err(ImportError::Table(erreur)) => erreur,
            autre => panic!("{nom}: {autre:?}"),
        }
    };
    assert!(matches!(essai("z.pdf", b"%PDF"), TableError::Format(_)));
    assert!(matches!(essai("z.csv", b""), TableError::Vide));
    assert!(matches!(
        essai("z.csv", b"insee,nom\n90001,V\n"),
        TableError::ColonneAbsente {
            colonne: "bvcv_code",
            ..
        }
    ));
    assert!(
        matches!(essai("z.csv", b"insee,nom,Nom\n"), TableError::ColonneDouble(nom) if nom == "nom")
    );
    assert!(matches!(
        essai("z.xlsx", b"not a workbook"),
        TableError::Classeur(_)
    ));
    let latin1 = [
        ZONAGE.as_bytes(),
        b"90001,\xc9tang,90,BV90001,V,intermediaire,99,,\n",
    ]
    .concat();
    let erreur = essai("z.csv", &latin1);
    assert!(
        matches!(erreur, TableError::Ligne { ligne: 2, .. }),
        "{erreur}"
    );
    assert!(erreur.to_string().contains("UTF-8"));
}
