//! How long the national reference data takes to import, and how long somebody else's write waits meanwhile:
//! `RELEVE_DONNEES=FOLDER cargo bench --bench imports`
//!
//! On SQLite, or on the PostgreSQL of `RELEVE_TEST_POSTGRES` (`scripts/with-postgres cargo bench --bench imports`).
//! Each figure is the median of five runs on an empty database; the other writer has its own connections, as
//! another process would, and writes without pause from the first batch to the last.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a bench stops at the first surprise, and reads its settings from the environment"
)]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use regles::reglement::Reglement;
use releve::actions::Acteur;
use releve::actions::import::{self, Contexte, DescriptionArrete, Silencieux};
use releve::db::dialect::DatabaseUrl;
use releve::db::{Db, Patience, caisse, commune};

const RUNS: usize = 5;

/// What one run measured.
struct Mesure {
    caisses: Duration,
    communes: Duration,
    encore: Duration,
    paca: Duration,
    grand_est: Duration,
    recherche: Duration,
    attente: Duration,
}

fn main() {
    let donnees = PathBuf::from(
        std::env::var("RELEVE_DONNEES").unwrap_or_else(|_| "../shared/data".to_owned()),
    );
    let dossier = tempfile::tempdir().expect("a temporary folder");
    let mesures: Vec<Mesure> = (0..RUNS)
        .map(|run| mesurer(&donnees, &adresse(dossier.path(), run)))
        .collect();
    let mediane = |nom: &str, de: fn(&Mesure) -> Duration| {
        let mut durees: Vec<Duration> = mesures.iter().map(de).collect();
        durees.sort();
        println!(
            "{nom:<58} {:>8.1} ms",
            durees[RUNS / 2].as_secs_f64() * 1_000.0
        );
    };
    mediane("107 organismes", |m| m.caisses);
    mediane("34 922 communes and 2 952 bassins", |m| m.communes);
    mediane("the same communes again (nothing to do)", |m| m.encore);
    mediane("zonage of Provence-Alpes-Côte d’Azur (961 lines)", |m| {
        m.paca
    });
    mediane("zonage of Grand Est (5 115 lines)", |m| m.grand_est);
    mediane("one search of a commune (mean of 12 kinds)", |m| {
        m.recherche
    });
    mediane("longest wait of another writer", |m| m.attente);
}

fn adresse(dossier: &Path, run: usize) -> DatabaseUrl {
    let Ok(serveur) = std::env::var("RELEVE_TEST_POSTGRES") else {
        return DatabaseUrl::Sqlite(dossier.join(format!("{run}.sqlite")).display().to_string());
    };
    let base = format!("releve_banc_{}_{run}", std::process::id());
    let mut conn = PgConnection::establish(&serveur).expect("PostgreSQL answers");
    conn.batch_execute(&format!("CREATE DATABASE {base}"))
        .expect("a database");
    let mut url = url::Url::parse(&serveur).expect("an address");
    url.set_path(&base);
    DatabaseUrl::Postgres(url.to_string())
}

fn mesurer(donnees: &Path, url: &DatabaseUrl) -> Mesure {
    releve::db::migrate(url).expect("migrations apply");
    let db = Db::open(url, 2, Patience::TRAVAIL).expect("the database opens");
    let le = NaiveDate::from_ymd_opt(2026, 1, 15).and_then(|d| d.and_hms_opt(10, 0, 0));
    let acteur = Acteur {
        id: None,
        nom: "banc".to_owned(),
        le: le.expect("an instant"),
    };
    let contexte = Contexte {
        db: &db,
        acteur: &acteur,
        feuille: None,
        simuler: false,
        avancement: &Silencieux,
    };
    let reglement = Reglement::embarque().expect("the rules load");

    let caisses = duree(|| import::caisses(&contexte, &donnees.join("cpam.csv")).expect("caisses"));
    let fichier = donnees.join("communes.csv");
    let fini = AtomicBool::new(false);
    let (communes, attente) = std::thread::scope(|scope| {
        let autre = scope.spawn(|| attendre(url, &fini));
        let temps = duree(|| import::communes(&contexte, &fichier).expect("communes"));
        fini.store(true, Ordering::Relaxed);
        (temps, autre.join().expect("the other writer"))
    });
    let encore = duree(|| import::communes(&contexte, &fichier).expect("communes again"));
    let zonage = |region: &str, nom: &str| {
        let description = DescriptionArrete {
            region: region.to_owned(),
            reference: None,
            effet: NaiveDate::from_ymd_opt(2025, 6, 6).expect("a date"),
            signature: None,
            publication: None,
        };
        let fichiers = [donnees.join("zonage").join(nom)];
        duree(|| import::zonage(&contexte, &reglement, &fichiers, &description).expect("zonage"))
    };
    Mesure {
        caisses,
        communes,
        encore,
        paca: zonage("93", "zonage_93_provence-alpes-cote-d-azur.csv"),
        grand_est: zonage("44", "zonage_44_grand-est.csv"),
        recherche: chercher(&db),
        attente,
    }
}

fn duree<T>(run: impl FnOnce() -> T) -> Duration {
    let debut = Instant::now();
    run();
    debut.elapsed()
}

/// Writes one row again and again, as logins would, and keeps the longest it took.
fn attendre(url: &DatabaseUrl, fini: &AtomicBool) -> Duration {
    let db = Db::open(url, 1, Patience::TRAVAIL).expect("the database opens");
    let mut pire = Duration::ZERO;
    while !fini.load(Ordering::Relaxed) {
        let temps = duree(|| {
            db.write(|tx| {
                let caisse = caisse::lire(tx, "131")?;
                caisse::enregistrer(tx, &caisse)
            })
            .expect("the other write");
        });
        pire = pire.max(temps);
        std::thread::sleep(Duration::from_millis(2));
    }
    pire
}

fn chercher(db: &Db) -> Duration {
    let textes = [
        "s",
        "saint",
        "st etienne",
        "marseille",
        "aix",
        "provence",
        "13100",
        "131",
        "75116",
        "l hay",
        "xyz",
        "sur mer",
    ];
    let total = duree(|| {
        for texte in textes {
            db.read(|conn| commune::chercher(conn, texte, 20))
                .expect("searched");
        }
    });
    total / 12
}
