//! Arrêtés one after the other: who replaces whom, what changes, what the database itself refuses.

use regles::arrete::{EtatImport, activer};
use regles::zonage::Categorie;
use releve::actions::import::Issue;
use releve::db::arrete::{self, NouvelArrete};
use releve::db::contrainte::Contrainte;
use releve::db::{DbError, DbResult, arrete_deplacement};
use releve::import::rapport::Nature;

use super::appui::{Atelier, LIGNES, ZONAGE, description, erreurs, jour, refuse, simple};
use super::classement::categorie;
use crate::util::app::debut;

#[test]
fn a_new_arrete_ends_the_former_on_its_first_day() {
    let atelier = Atelier::fictif();
    atelier.zonage("2024-03-01", "A-1", LIGNES).expect("first");
    let nouveau = LIGNES.replace("intermediaire", "non_prioritaire");
    let bilan = atelier
        .zonage("2026-03-01", "A-2", &nouveau)
        .expect("second");

    assert_eq!((bilan.compte.modifies, bilan.compte.inchanges), (2, 2));
    let apercu = bilan.apercu.expect("a preview");
    // The bassin goes over whole, its commune of the neighbour region included (ZON-3).
    let change = &apercu.changements[&(Some(Categorie::Intermediaire), Categorie::NonPrioritaire)];
    assert_eq!((change.communes, change.population), (3, 5_500));
    assert_eq!(
        (apercu.population_deplacee(), apercu.population),
        (5_500, 14_500)
    );

    assert_eq!(
        categorie(&atelier, "90001", "2026-02-28"),
        Categorie::Intermediaire
    );
    assert_eq!(
        categorie(&atelier, "90001", "2026-03-01"),
        Categorie::NonPrioritaire
    );
    let arretes = atelier
        .db
        .read(|c| arrete::de_region(c, "70", "99"))
        .expect("read");
    assert_eq!(arretes[0].date_fin, Some(jour("2026-03-01")));
    assert_eq!(arretes[1].date_fin, None);
}

#[test]
fn an_older_arrete_ends_where_the_known_one_begins() {
    let atelier = Atelier::fictif();
    atelier
        .zonage("2026-03-01", "A-2", LIGNES)
        .expect("the newer first");
    let ancien = LIGNES.replace("intermediaire", "sous_dotee");
    let bilan = atelier
        .zonage("2024-03-01", "A-1", &ancien)
        .expect("then the older");
    assert_eq!(
        bilan.apercu.and_then(|a| a.suivant).map(|a| a.date_effet),
        Some(jour("2026-03-01"))
    );
    assert_eq!(
        categorie(&atelier, "90002", "2025-01-01"),
        Categorie::SousDotee
    );
    assert_eq!(
        categorie(&atelier, "90002", "2026-03-01"),
        Categorie::Intermediaire
    );
}

#[test]
fn a_simulation_writes_nothing() {
    let atelier = Atelier::fictif();
    let fichier = atelier.fichier("z.csv", format!("{ZONAGE}{LIGNES}"));
    let acte = description("99", "2026-03-01", Some("A-1"));
    let bilan = atelier.arrete(&[fichier], &acte, true).expect("previewed");
    assert_eq!(
        (bilan.issue, bilan.transactions, bilan.compte.ajoutes),
        (Issue::Simule, 0, 4)
    );
    let apercu = bilan.apercu.expect("a preview");
    assert_eq!(apercu.repartition[&Categorie::NonPrioritaire].bassins, 2);
    assert_eq!(apercu.repartition[&Categorie::Intermediaire].communes, 3);
    assert!(
        atelier
            .db
            .read(|c| arrete::de_region(c, "70", "99"))
            .expect("read")
            .is_empty()
    );
}

#[test]
fn the_same_arrete_again_changes_nothing_and_another_content_is_refused() {
    let atelier = Atelier::fictif();
    atelier.zonage("2026-03-01", "A-1", LIGNES).expect("first");
    let encore = atelier.zonage("2026-03-01", "A-1", LIGNES).expect("again");
    assert_eq!((encore.issue, encore.transactions), (Issue::Inchange, 0));
    assert_eq!(encore.compte.inchanges, 4);

    let autre = LIGNES.replacen("intermediaire", "sous_dotee", 1);
    let rapport = refuse(atelier.zonage("2026-03-01", "A-1", &autre));
    assert_eq!(
        erreurs(&rapport),
        [
            "l’arrêté A-1 (région 99, effet au 1er mars 2026) est déjà enregistré avec un autre contenu : \
          0 lignes ajoutées, 1 modifiées, 0 retirées"
        ]
    );
    let moins: String = LIGNES.lines().skip(1).map(|l| format!("{l}\n")).collect();
    refuse(atelier.zonage("2026-03-01", "A-1", &moins));
    let rapport = refuse(atelier.zonage("2026-03-01", "A-9", LIGNES));
    assert_eq!(
        erreurs(&rapport),
        ["l’arrêté A-1 (région 99, effet au 1er mars 2026) prend déjà effet ce jour-là"]
    );
    assert_eq!(
        categorie(&atelier, "90001", "2026-03-01"),
        Categorie::Intermediaire
    );
}

#[test]
fn a_number_unknown_at_first_is_completed_later() {
    let atelier = Atelier::fictif();
    let fichier = atelier.fichier("z.csv", format!("{ZONAGE}{LIGNES}"));
    let sans_numero = description("99", "2026-03-01", None);
    atelier
        .arrete(std::slice::from_ref(&fichier), &sans_numero, false)
        .expect("without a number");
    let mut complet = description("99", "2026-03-01", Some("A-1"));
    complet.signature = Some(jour("2026-02-01"));
    let bilan = atelier
        .arrete(std::slice::from_ref(&fichier), &complet, false)
        .expect("with it");
    assert_eq!(bilan.issue, Issue::Enregistre);
    let arretes = atelier
        .db
        .read(|c| arrete::de_region(c, "70", "99"))
        .expect("read");
    assert_eq!(arretes.len(), 1);
    assert_eq!(arretes[0].reference.as_deref(), Some("A-1"));
    assert_eq!(arretes[0].date_signature, Some(jour("2026-02-01")));
    // What is known is not forgotten when it is not repeated.
    let encore = atelier
        .arrete(&[fichier], &sans_numero, false)
        .expect("again without");
    assert_eq!(encore.issue, Issue::Inchange);
}

/// Writes an arrêté past the checks of the import, as another program could.
fn forcer(atelier: &Atelier, profession: &str, effet: &str, fin: Option<&str>) -> DbResult<()> {
    let nouvel = NouvelArrete {
        profession,
        region: "99",
        reference: None,
        date_signature: None,
        date_publication: None,
        date_effet: jour(effet),
        regime: "avenant7",
        empreinte: "",
        etat: EtatImport::DEBUT,
        importe_le: debut(),
    };
    atelier.db.write(|tx| {
        let id = arrete::preparer(tx, &nouvel)?;
        let passage = activer(EtatImport::DEBUT).expect("prepared");
        arrete::activer(tx, id, passage, fin.map(jour))
    })
}

#[test]
fn the_database_itself_refuses_an_overlap() {
    let atelier = Atelier::fictif();
    forcer(&atelier, "70", "2024-03-01", Some("2026-03-01")).expect("alone");
    let recouvrement = |resultat: DbResult<()>| {
        let erreur = resultat.expect_err("refused");
        assert!(
            matches!(erreur, DbError::Contrainte(Contrainte::ArreteRecouvrement)),
            "{erreur:?}"
        );
    };
    recouvrement(forcer(&atelier, "70", "2026-02-28", None));
    recouvrement(forcer(&atelier, "70", "2023-01-01", None));
    recouvrement(forcer(&atelier, "70", "2023-01-01", Some("2024-03-02")));
    recouvrement(forcer(&atelier, "70", "2025-01-01", Some("2025-01-02")));
    // Touching is not overlapping; another profession has its own zonage (ZON-9).
    forcer(&atelier, "70", "2026-03-01", None).expect("from the last day, excluded");
    forcer(&atelier, "70", "2023-01-01", Some("2024-03-01")).expect("until the first day");
    forcer(&atelier, "60", "2024-03-01", None).expect("another profession");
    // Nor can a running one be stretched over its neighbour.
    let premier = atelier
        .db
        .read(|c| arrete::de_region(c, "70", "99"))
        .expect("read")[0]
        .id;
    let etire: DbResult<()> = atelier
        .db
        .write(|tx| arrete::fermer(tx, premier, jour("2024-03-02")));
    recouvrement(etire);
}

#[test]
fn what_the_ars_moved_is_weighed_against_the_limit() {
    let atelier = Atelier::fictif();
    let csv = "insee,bvcv_code,zone_mk,reg_arrete,zone_nationale\n\
        90001,BV90001,intermediaire,99,intermediaire\n\
        90002,BV90001,intermediaire,99,sous_dotee\n\
        91101,AM91101,non_prioritaire,99,intermediaire\n\
        91102,AM91102,non_prioritaire,99,non_prioritaire\n";
    let fichier = atelier.fichier("z.csv", csv);
    let acte = description("99", "2026-03-01", Some("A-1"));
    let bilan = atelier
        .arrete(std::slice::from_ref(&fichier), &acte, true)
        .expect("previewed");
    let dits: Vec<_> = bilan.rapport.signalements[&Nature::Deplacement]
        .iter()
        .map(|r| simple(&r.message))
        .collect();
    assert_eq!(
        dits,
        [
            "vers intermédiaire : 1 bassin, 300 habitants, soit 2,1 % de la population (dans la limite de 2,5 %)",
            "vers non prioritaire : 1 bassin, 4 000 habitants, soit 28,0 % de la population (au-delà de 2,5 %)",
        ]
    );
    // Without the national categories nothing is known; the same arrêté with them tells more, once.
    let muet = csv
        .replace(",zone_nationale", "")
        .replace(",intermediaire\n", "\n");
    let muet = muet
        .replace(",sous_dotee\n", "\n")
        .replace(",99,non_prioritaire\n", ",99\n");
    let muet = atelier.fichier("muet.csv", &muet);
    atelier.arrete(&[muet], &acte, false).expect("imported");
    let lire = || {
        atelier
            .db
            .read(|conn| {
                let id = arrete::de_region(conn, "70", "99")?[0].id;
                arrete_deplacement::lire(conn, id)
            })
            .expect("read")
    };
    assert_eq!(lire(), None);
    let fichiers = [fichier];
    let bilan = atelier.arrete(&fichiers, &acte, false).expect("completed");
    assert_eq!(bilan.issue, Issue::Enregistre);
    let lus = lire().expect("known");
    assert_eq!(lus.population, 14_300);
    let vers: Vec<_> = lus
        .vers
        .iter()
        .map(|d| {
            (
                d.categorie.as_str(),
                d.bassins,
                d.population,
                d.depasse(lus.population),
            )
        })
        .collect();
    assert_eq!(
        vers,
        [
            ("intermediaire", 1, 300, false),
            ("non_prioritaire", 1, 4_000, true)
        ]
    );
    let encore = atelier.arrete(&fichiers, &acte, false).expect("again");
    assert_eq!(encore.issue, Issue::Inchange);
}
