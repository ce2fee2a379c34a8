//! Each test has a database of its own, migrated and empty.

use diesel::prelude::*;
use releve::db::DbError;
use releve::db::dialect::DatabaseUrl;
use releve::db::migration::is_up_to_date;
use releve::db::schema::organisme;
use releve::db::{Db, Patience};

use crate::util::base::{TestDatabase, postgres};

fn rows(db: &Db) -> i64 {
    db.read(|conn| {
        organisme::table
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
        organisme::code.eq("999"),
        organisme::nom.eq("CPAM d’essai"),
        organisme::type_organisme.eq("cpam"),
        organisme::departements.eq("99"),
        organisme::region.eq("99"),
        organisme::siege.eq("Essai"),
        organisme::territoire.eq("metropole"),
    );
    one.write(|tx| {
        diesel::insert_into(organisme::table)
            .values(row)
            .execute(&mut **tx)
            .map_err(DbError::from)
    })
    .unwrap();
    assert_eq!(rows(&one), before + 1);
    assert_eq!(rows(&other), before);
}
