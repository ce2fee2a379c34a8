//! Each test has a database of its own, migrated and empty.

use diesel::prelude::*;
use releve::db::DbError;
use releve::db::dialect::DatabaseUrl;
use releve::db::migration::is_up_to_date;
use releve::db::schema::caisse;
use releve::db::{Db, Patience};

use crate::util::base::{TestDatabase, postgres};

fn rows(db: &Db) -> i64 {
    db.read(|conn| {
        caisse::table
            .count()
            .get_result(conn)
            .map_err(DbError::from)
    })
    .unwrap()
}

#[test]
fn two_tests_do_not_see_each_other() {
    let (one, other) = (TestDatabase::new(), TestDatabase::new());
    assert_ne!(one.url, other.url);
    assert!(is_up_to_date(&one.url).unwrap() && is_up_to_date(&other.url).unwrap());
    assert_eq!(matches!(one.url, DatabaseUrl::Postgres(_)), postgres());
    let (one, other) = (
        Db::open(&one.url, 2, Patience::VISITE).unwrap(),
        Db::open(&other.url, 2, Patience::VISITE).unwrap(),
    );
    let before = rows(&other);
    let row = (
        caisse::code.eq("999"),
        caisse::nom.eq("CPAM d’essai"),
        caisse::type_caisse.eq("cpam"),
        caisse::departements.eq("99"),
        caisse::region.eq("99"),
        caisse::siege.eq("Essai"),
        caisse::territoire.eq("metropole"),
    );
    one.write(|tx| {
        diesel::insert_into(caisse::table)
            .values(row)
            .execute(&mut **tx)
            .map_err(DbError::from)
    })
    .unwrap();
    assert_eq!(rows(&one), before + 1);
    assert_eq!(rows(&other), before);
}

/// A kind that a new program declares needs no migration: `releve migrate` writes its code.
#[test]
fn un_code_absent_se_voit_et_s_inscrit() {
    use releve::db::schema::{code_nature_echeance, code_nature_tache};
    let base = TestDatabase::new();
    let db = Db::open(&base.url, 2, Patience::VISITE).unwrap();
    db.write(|tx| {
        diesel::delete(code_nature_tache::table).execute(&mut **tx)?;
        diesel::delete(code_nature_echeance::table.find("pieces")).execute(&mut **tx)?;
        diesel::insert_into(code_nature_tache::table)
            .values(code_nature_tache::code.eq("demain"))
            .execute(&mut **tx)?;
        Ok::<_, DbError>(())
    })
    .unwrap();
    assert!(!is_up_to_date(&base.url).unwrap());
    assert!(releve::db::migrate(&base.url).unwrap().is_empty());
    assert!(is_up_to_date(&base.url).unwrap());
    let natures: Vec<String> = db
        .read(|conn| {
            code_nature_tache::table
                .select(code_nature_tache::code)
                .order(code_nature_tache::code)
                .load(conn)
                .map_err(DbError::from)
        })
        .unwrap();
    assert_eq!(
        natures,
        ["courriel", "demain", "impression"],
        "another program's stays"
    );
}

/// An older program would write what the newer schema no longer means: it refuses to start, and to migrate.
#[test]
fn une_base_d_une_version_plus_recente_est_refusee() {
    let base = TestDatabase::new();
    let db = Db::open(&base.url, 1, Patience::VISITE).unwrap();
    db.write(|tx| {
        diesel::sql_query(
            "INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231235959')",
        )
        .execute(&mut **tx)?;
        Ok::<_, DbError>(())
    })
    .unwrap();
    for refus in [
        is_up_to_date(&base.url).map(|_| ()),
        releve::db::migrate(&base.url).map(|_| ()),
    ] {
        let phrase = refus.expect_err("refused").to_string();
        assert!(
            phrase.contains("version plus récente") && phrase.contains("20991231235959"),
            "{phrase}"
        );
    }
}

/// A long reader makes the journal of SQLite grow; once it is gone, the next writes bring it back.
#[test]
fn le_journal_revient_a_sa_taille() {
    let base = TestDatabase::new();
    let DatabaseUrl::Sqlite(chemin) = &base.url else {
        return;
    };
    let db = Db::open(&base.url, 2, Patience::VISITE).unwrap();
    let ecrire = |octets: usize| {
        db.write(|tx| {
            diesel::sql_query(format!(
                "INSERT INTO trace_essai VALUES (zeroblob({octets}))"
            ))
            .execute(&mut **tx)?;
            Ok::<_, DbError>(())
        })
        .unwrap();
    };
    let journal = || std::fs::metadata(format!("{chemin}-wal")).unwrap().len();
    db.write(|tx| {
        diesel::sql_query("CREATE TABLE trace_essai (octets BLOB)").execute(&mut **tx)?;
        Ok::<_, DbError>(())
    })
    .unwrap();
    db.read(|conn| {
        conn.ping()?;
        diesel::sql_query("SELECT 1 FROM compte").execute(conn)?;
        for _ in 0..10 {
            ecrire(4_000_000);
        }
        assert!(journal() > 32_000_000, "the reader keeps it: {}", journal());
        Ok::<_, DbError>(())
    })
    .unwrap();
    for _ in 0..3 {
        ecrire(1_000);
    }
    assert!(journal() <= 16 * 1024 * 1024, "{}", journal());
}
