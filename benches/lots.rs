//! A bulk act on ten thousand files, the most that one may hold: how long it takes, and how long somebody else's write waits
//! meanwhile.
//!
//! `cargo bench --bench lots` on SQLite, or on the PostgreSQL of `RELEVE_TEST_POSTGRES` (`scripts/with-postgres cargo bench
//! --bench lots`). Prints the time, the files a second, and the longest wait of the other writer.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a bench stops at the first surprise, and reads its settings from the environment"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use regles::lot::{ActeLot, DOSSIERS_MAX, EtatLigne};
use regles::reglement::Reglement;
use releve::actions::lot::{self as actes, Choix};
use releve::actions::{Acte, Acteur};
use releve::db::dialect::DatabaseUrl;
use releve::db::schema::demande;
use releve::db::{CpamScope, Db, DbError, Patience, caisse, lot};
use releve::dev::{Taille, generer};

fn main() {
    let dossier = tempfile::tempdir().expect("a folder");
    let url = match std::env::var("RELEVE_TEST_POSTGRES") {
        Err(_) => DatabaseUrl::Sqlite(dossier.path().join("lots.sqlite").display().to_string()),
        Ok(serveur) => {
            let serveur = serveur.trim_end_matches('/').to_owned();
            let mut conn = PgConnection::establish(&format!("{serveur}/postgres"))
                .expect("PostgreSQL answers");
            conn.batch_execute("DROP DATABASE IF EXISTS releve_lots WITH (FORCE)")
                .expect("dropped");
            conn.batch_execute("CREATE DATABASE releve_lots")
                .expect("a database");
            DatabaseUrl::Postgres(format!("{serveur}/releve_lots"))
        }
    };
    releve::db::migrate(&url).expect("migrations apply");
    let db = Db::open(&url, 2, Patience::TRAVAIL).expect("the base opens");
    let le = NaiveDate::from_ymd_opt(2026, 1, 15)
        .and_then(|d| d.and_hms_opt(10, 0, 0))
        .expect("an instant");
    let taille = Taille {
        caisses: 1,
        demandes: u32::try_from(DOSSIERS_MAX).expect("small"),
        graine: 1,
    };
    generer(&db, taille, le).expect("ten thousand files");
    let acte = Acte {
        acteur: Acteur {
            id: Some(1),
            nom: "banc".to_owned(),
            le,
        },
        reglement: Arc::new(Reglement::embarque().expect("the rules load")),
        url_publique: "http://banc.example.fr".to_owned(),
    };
    let scope = CpamScope::Caisse("001".to_owned());
    let ids: Vec<i64> = db
        .read(|conn| {
            demande::table
                .select(demande::id)
                .load(conn)
                .map_err(DbError::from)
        })
        .expect("the files read");
    let choix = Choix {
        acte: ActeLot::Etiqueter,
        agent: None,
        etiquette: "Campagne".to_owned(),
        message: String::new(),
    };
    let id = db
        .write(|tx| {
            let id = actes::preparer(tx, &acte, &scope, choix.acte, &ids, "tous")?;
            actes::lancer(tx, &acte, &scope, id, &choix)?;
            Ok::<_, releve::actions::ActionError>(id)
        })
        .expect("the lot begins");
    let fini = AtomicBool::new(false);
    let (temps, attente) = std::thread::scope(|s| {
        let autre = s.spawn(|| attendre(&url, &fini));
        let debut = Instant::now();
        while db
            .write(|tx| actes::avancer(tx, &acte, &scope, id))
            .expect("a batch")
        {}
        let temps = debut.elapsed();
        fini.store(true, Ordering::Relaxed);
        (temps, autre.join().expect("the other writer"))
    });
    let bilan = db.read(|conn| lot::bilan(conn, id)).expect("the results");
    assert_eq!(bilan, [(EtatLigne::Fait, ids.len() as i64)]);
    println!(
        "{} files in {:.1} s, {:.0} a second; longest wait of another writer {:.0} ms",
        ids.len(),
        temps.as_secs_f64(),
        ids.len() as f64 / temps.as_secs_f64(),
        attente.as_secs_f64() * 1e3
    );
}

/// Writes one row again and again, and keeps the longest it took.
fn attendre(url: &DatabaseUrl, fini: &AtomicBool) -> Duration {
    let db = Db::open(url, 1, Patience::TRAVAIL).expect("the base opens");
    let mut pire = Duration::ZERO;
    while !fini.load(Ordering::Relaxed) {
        let debut = Instant::now();
        db.write(|tx| {
            let caisse = caisse::lire(tx, "001")?;
            caisse::enregistrer(tx, &caisse)
        })
        .expect("the other write");
        pire = pire.max(debut.elapsed());
        std::thread::sleep(Duration::from_millis(2));
    }
    pire
}
