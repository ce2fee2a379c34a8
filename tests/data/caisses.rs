//! The caisses.

use releve::actions::import::Issue;
use releve::db::caisse;
use releve::import::rapport::Nature;

use super::appui::{Atelier, CAISSES, erreurs, refuse, simple};
use crate::util::donnees::nationales;

#[test]
fn the_107_caisses_are_imported_once() {
    let Some(donnees) = nationales() else { return };
    let atelier = Atelier::new();
    let fichier = donnees.join("cpam.csv");

    let premier = atelier.importer_caisses(&fichier).expect("imported");
    assert_eq!(
        (premier.compte.ajoutes, premier.issue),
        (107, Issue::Enregistre)
    );
    let partages: Vec<_> = premier.rapport.signalements[&Nature::DepartementPartage]
        .iter()
        .map(|r| simple(&r.message))
        .collect();
    assert_eq!(
        partages,
        [
            "département 59 : 594, 595, 597, 599",
            "département 62 : 623, 624",
            "département 64 : 641, 642",
            "département 76 : 763, 764",
        ]
    );

    let second = atelier.importer_caisses(&fichier).expect("read again");
    assert_eq!(
        (second.compte.inchanges, second.issue),
        (107, Issue::Inchange)
    );
    assert_eq!(second.transactions, 0);

    let tous = atelier.db.read(caisse::tous).expect("read");
    let territoire = |code| {
        let trouve = tous.iter().find(|o| o.code == code).expect(code);
        trouve.territoire.as_str()
    };
    assert_eq!(tous.len(), 107);
    assert_eq!(territoire("131"), "metropole");
    assert_eq!(territoire("571"), "alsace_moselle");
    assert_eq!(territoire("971"), "guadeloupe");
    assert_eq!(territoire("976"), "mayotte");
}

#[test]
fn contacts_that_are_missing_are_said() {
    let atelier = Atelier::new();
    let entete =
        "code_organisme,nom,type,departements,region,siege,adresse,courriel,telephone,service\n";
    let complete = format!(
        "{entete}901,CPAM du Val,CPAM,90,99,Valbourg,1 place du Val,val@example.fr,0490000000,Relations\n"
    );
    let bilan = atelier.caisses(&complete).expect("imported");
    assert!(
        !bilan
            .rapport
            .signalements
            .contains_key(&Nature::ContactIncomplet)
    );
    let autre = format!("{entete}902,CPAM du Mont,CPAM,91,99,Mont,,mont@example.fr,,\n");
    let bilan = atelier.caisses(&autre).expect("imported");
    let dits: Vec<_> = bilan.rapport.signalements[&Nature::ContactIncomplet]
        .iter()
        .map(|r| simple(&r.message))
        .collect();
    assert_eq!(dits.len(), 1, "what is stored already counts: {dits:?}");
    assert!(
        dits[0].starts_with("902 CPAM du Mont :") && dits[0].contains("adresse"),
        "{dits:?}"
    );
    assert!(!dits[0].contains("courriel"), "{dits:?}");
}

#[test]
fn an_empty_cell_erases_nothing() {
    let atelier = Atelier::new();
    let avec_adresse = "code_organisme,nom,type,departements,region,siege,adresse,courriel\n\
        901,CPAM du Val,CPAM,90,99,Valbourg,1 place du Val,val@example.fr\n";
    atelier.caisses(avec_adresse).expect("imported");
    let bilan = atelier.caisses(CAISSES).expect("imported");
    assert_eq!((bilan.compte.ajoutes, bilan.compte.inchanges), (1, 1));
    let val = atelier
        .db
        .read(|conn| caisse::lire(conn, "901"))
        .expect("read");
    assert_eq!(val.courriel.as_deref(), Some("val@example.fr"));
    assert_eq!(val.adresse.as_deref(), Some("1 place du Val"));
}

#[test]
fn an_caisse_absent_from_the_file_is_kept_and_said() {
    let atelier = Atelier::new();
    atelier.caisses(CAISSES).expect("imported");
    let sans_902: String = CAISSES.lines().take(2).map(|l| format!("{l}\n")).collect();
    let bilan = atelier.caisses(&sans_902).expect("imported");
    assert_eq!(bilan.rapport.signales(Nature::AbsentDuFichier), 1);
    assert_eq!(atelier.db.read(caisse::tous).expect("read").len(), 2);
}

#[test]
fn wrong_lines_are_all_named_and_nothing_is_written() {
    let atelier = Atelier::new();
    let csv = "code_organisme,nom,type,departements,region,siege\n\
        901,CPAM du Val,CPAM,90,99,Valbourg\n\
        11,CPAM de l’Ain,CPAM,01,84,Bourg\n\
        903,,CAF,90,99,Valbourg\n\
        901,CPAM bis,CPAM,90,99,Valbourg\n\
        904,CPAM tronquée,CPAM\n";
    let rapport = refuse(atelier.caisses(csv));
    assert_eq!(
        erreurs(&rapport),
        [
            "ligne 3 : code d’organisme « 11 » : 3 chiffres attendus (zéro initial perdu par le tableur ? mettez la colonne au format Texte)",
            "ligne 4 : nom absent",
            "ligne 4 : type « CAF » : CPAM, CGSS, CCSS, CSSM attendu",
            "ligne 5 : organisme « 901 » déjà donné à la ligne 2",
            "ligne 6 : 3 colonnes au lieu de 6",
        ]
    );
    assert_eq!(rapport.rejetees, 4);
    assert!(atelier.db.read(caisse::tous).expect("read").is_empty());
}
