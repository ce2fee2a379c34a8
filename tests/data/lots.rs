//! Batches: nobody waits, and an import cut anywhere leaves what was there before.

use std::sync::Mutex;

use chrono::NaiveDate;
use diesel::prelude::*;
use regles::reglement::Reglement;
use releve::actions::import::{self, ImportError, Issue, LOT, Silencieux};
use releve::db::schema::{
    arrete as arretes, bassin_prepare, commune_prepare, evenement, zonage_commune,
};
use releve::db::{AnyConn, DbError, arrete, caisse, commune};

use super::appui::{Atelier, CAISSES, LIGNES, Temoin, ZONAGE, description, nombreuses};

fn laisser_faire(_rang: usize) -> Result<(), ImportError> {
    Ok(())
}

fn preparees(conn: &mut AnyConn) -> Result<i64, DbError> {
    let communes: i64 = commune_prepare::table.count().get_result(conn)?;
    let bassins: i64 = bassin_prepare::table.count().get_result(conn)?;
    Ok(communes + bassins)
}

#[test]
fn rows_are_written_in_batches_of_one_transaction_each() {
    let atelier = Atelier::new();
    atelier.caisses(CAISSES).expect("caisses");
    let fichier = atelier.fichier("c.csv", nombreuses(2 * LOT + 1));
    let temoin = Temoin {
        lots: Mutex::default(),
        entre: &laisser_faire,
    };
    let bilan = atelier
        .avec(false, &temoin, |contexte| {
            import::communes(contexte, &fichier)
        })
        .expect("imported");
    // One bassin, then the communes.
    assert_eq!(*temoin.lots.lock().expect("not poisoned"), [1, LOT, LOT, 1]);
    // Cleaning, four batches, applying, cleaning.
    assert_eq!(bilan.transactions, 7);
    assert_eq!(atelier.db.read(preparees).expect("read"), 0);
}

#[test]
fn another_writer_gets_in_between_two_batches_and_readers_see_nothing_yet() {
    let atelier = Atelier::new();
    atelier.caisses(CAISSES).expect("caisses");
    let fichier = atelier.fichier("c.csv", nombreuses(LOT + 1));
    // As a login would: a write of its own, while the import is under way.
    let entre = |_rang: usize| {
        atelier.db.write(|tx| {
            let mut val = caisse::lire(tx, "901")?;
            val.telephone = Some("04 00 00 00 00".to_owned());
            caisse::enregistrer(tx, &val)
        })?;
        assert!(atelier.db.read(commune::toutes)?.is_empty());
        Ok(())
    };
    let temoin = Temoin {
        lots: Mutex::default(),
        entre: &entre,
    };
    atelier
        .avec(false, &temoin, |contexte| {
            import::communes(contexte, &fichier)
        })
        .expect("imported");
    assert_eq!(
        atelier.db.read(commune::toutes).expect("read").len(),
        LOT + 1
    );
    let val = atelier
        .db
        .read(|conn| caisse::lire(conn, "901"))
        .expect("read");
    assert_eq!(val.telephone.as_deref(), Some("04 00 00 00 00"));
}

#[test]
fn communes_cut_in_the_middle_leave_the_former_ones() {
    let atelier = Atelier::new();
    atelier.caisses(CAISSES).expect("caisses");
    atelier.communes(&nombreuses(3)).expect("the former ones");
    let fichier = atelier.fichier("n.csv", nombreuses(2 * LOT));
    let couper = |rang: usize| {
        if rang == 2 {
            Err(ImportError::Interrompu)
        } else {
            Ok(())
        }
    };
    let temoin = Temoin {
        lots: Mutex::default(),
        entre: &couper,
    };
    let resultat = atelier.avec(false, &temoin, |contexte| {
        import::communes(contexte, &fichier)
    });
    assert!(matches!(resultat, Err(ImportError::Interrompu)));
    assert_eq!(atelier.db.read(commune::toutes).expect("read").len(), 3);
    assert!(atelier.db.read(preparees).expect("read") > 0);

    let encore = atelier.importer_communes(&fichier).expect("again");
    assert_eq!(
        (encore.issue, encore.compte.ajoutes),
        (Issue::Enregistre, 2 * LOT - 3)
    );
    assert_eq!(atelier.db.read(preparees).expect("read"), 0);
}

#[test]
fn a_zonage_cut_in_the_middle_leaves_the_former_in_force() {
    let atelier = Atelier::fictif();
    atelier
        .zonage("2024-03-01", "A-1", LIGNES)
        .expect("the former");
    let fichier = atelier.fichier("z.csv", format!("{ZONAGE}{LIGNES}"));
    let acte = description("99", "2026-03-01", Some("A-2"));
    let reglement = Reglement::embarque().expect("the rules load");
    let couper = |_rang: usize| Err(ImportError::Interrompu);
    let temoin = Temoin {
        lots: Mutex::default(),
        entre: &couper,
    };
    let files = [fichier];
    let resultat = atelier.avec(false, &temoin, |contexte| {
        import::zonage(contexte, &reglement, &files, &acte)
    });
    assert!(matches!(resultat, Err(ImportError::Interrompu)));
    let en_vigueur = |date: NaiveDate| {
        let trouve = atelier.db.read(|c| arrete::en_vigueur(c, "70", "99", date));
        trouve.expect("read").expect("in force").reference
    };
    assert_eq!(en_vigueur(acte.effet).as_deref(), Some("A-1"));

    let bilan = atelier
        .avec(false, &Silencieux, |contexte| {
            import::zonage(contexte, &reglement, &files, &acte)
        })
        .expect("again");
    assert_eq!(bilan.issue, Issue::Enregistre);
    assert_eq!(en_vigueur(acte.effet).as_deref(), Some("A-2"));
    let (toutes, lignes): (i64, i64) = atelier
        .db
        .read(|conn| {
            let toutes = arretes::table.count().get_result(conn)?;
            Ok::<_, DbError>((toutes, zonage_commune::table.count().get_result(conn)?))
        })
        .expect("read");
    assert_eq!(
        (toutes, lignes),
        (2, 8),
        "nothing of the interrupted run is left"
    );
}

#[test]
fn two_imports_at_once_end_in_one_arrete_or_a_clear_refusal() {
    let atelier = Atelier::fictif();
    let fichier = atelier.fichier("z.csv", format!("{ZONAGE}{LIGNES}"));
    let acte = description("99", "2026-03-01", Some("A-1"));
    let reglement = Reglement::embarque().expect("the rules load");
    let files = [fichier];
    // The second runs whole while the first is between two batches.
    let entre = |rang: usize| {
        if rang == 1 {
            let second = atelier.arrete(&files, &acte, false);
            assert_eq!(second.expect("the second").issue, Issue::Enregistre);
        }
        Ok(())
    };
    let temoin = Temoin {
        lots: Mutex::default(),
        entre: &entre,
    };
    let premier = atelier.avec(false, &temoin, |contexte| {
        import::zonage(contexte, &reglement, &files, &acte)
    });
    assert!(
        matches!(premier, Err(ImportError::Concurrent)),
        "{premier:?}"
    );
    let connus = atelier
        .db
        .read(|c| arrete::de_region(c, "70", "99"))
        .expect("read");
    assert_eq!(connus.len(), 1);
}

#[test]
fn every_import_is_in_the_journal() {
    let atelier = Atelier::fictif();
    atelier
        .zonage("2026-03-01", "A-1", LIGNES)
        .expect("imported");
    let natures: Vec<String> = atelier
        .db
        .read(|conn| {
            let lignes = evenement::table
                .order(evenement::id)
                .select(evenement::code)
                .load(conn)?;
            Ok::<_, DbError>(lignes)
        })
        .expect("read");
    assert_eq!(
        natures,
        ["import.organismes", "import.communes", "import.zonage"]
    );
}
