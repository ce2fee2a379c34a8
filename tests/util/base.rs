//! A database per test: a copy of a template that each process makes once, dropped at the end of the test.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use releve::db::dialect::DatabaseUrl;
use tempfile::TempDir;

/// Which database this run is about: `RELEVE_TEST_DATABASE`, `sqlite` unless told.
pub fn postgres() -> bool {
    match std::env::var("RELEVE_TEST_DATABASE").as_deref() {
        Ok("postgres") => true,
        Ok("sqlite") | Err(_) => false,
        Ok(autre) => panic!("RELEVE_TEST_DATABASE={autre}: expected sqlite or postgres"),
    }
}

/// A database of one test.
pub struct TestDatabase {
    pub url: DatabaseUrl,
    nom: Option<String>,
    _dossier: TempDir,
}

fn serveur() -> String {
    std::env::var("RELEVE_TEST_POSTGRES")
        .expect("RELEVE_TEST_POSTGRES=postgres://user@host:port (scripts/test sets it)")
}

fn adresse(base: &str) -> String {
    let mut url = url::Url::parse(&serveur()).expect("RELEVE_TEST_POSTGRES is an address");
    url.set_path(base);
    url.to_string()
}

/// Runs a statement beside the tests' databases, on a connection that the next one takes again.
pub fn administrer(sql: &str) {
    static LIBRES: Mutex<Vec<PgConnection>> = Mutex::new(Vec::new());
    let libre = LIBRES.lock().expect("the connections").pop();
    let mut conn = libre.unwrap_or_else(|| {
        PgConnection::establish(&adresse("postgres")).expect("PostgreSQL answers")
    });
    conn.batch_execute(sql)
        .unwrap_or_else(|e| panic!("{sql}: {e}"));
    LIBRES.lock().expect("the connections").push(conn);
}

/// What databases are copied from.
pub enum Modele {
    /// The bytes of a file.
    Sqlite(Vec<u8>),
    /// The name of a database of the server.
    Postgres(String),
}

impl Modele {
    /// Nothing, not even tables.
    fn vierge() -> Modele {
        match postgres() {
            true => Modele::Postgres("template1".to_owned()),
            false => Modele::Sqlite(Vec::new()),
        }
    }
}

impl TestDatabase {
    /// A migrated database, empty.
    pub fn new() -> TestDatabase {
        static MIGREE: OnceLock<Modele> = OnceLock::new();
        TestDatabase::copie(MIGREE.get_or_init(|| {
            let base = TestDatabase::copie(&Modele::vierge());
            releve::db::migrate(&base.url).expect("migrations apply");
            base.en_modele()
        }))
    }

    /// A database that begins as this template.
    pub fn copie(modele: &Modele) -> TestDatabase {
        static NUMERO: AtomicU32 = AtomicU32::new(0);
        let dossier = tempfile::tempdir().expect("a temporary folder");
        let (url, nom) = match modele {
            Modele::Sqlite(octets) => {
                let chemin = dossier.path().join("test.sqlite");
                std::fs::write(&chemin, octets).expect("the copy writes");
                (DatabaseUrl::Sqlite(chemin.display().to_string()), None)
            }
            Modele::Postgres(modele) => {
                let numero = NUMERO.fetch_add(1, Ordering::Relaxed);
                let nom = format!("releve_{}_{numero}", std::process::id());
                administrer(&format!("DROP DATABASE IF EXISTS {nom}"));
                administrer(&format!(
                    "CREATE DATABASE {nom} TEMPLATE {modele} STRATEGY file_copy"
                ));
                (DatabaseUrl::Postgres(adresse(&nom)), Some(nom))
            }
        };
        TestDatabase {
            url,
            nom,
            _dossier: dossier,
        }
    }

    /// Makes a template of it; nothing may be connected to it any more.
    pub fn en_modele(mut self) -> Modele {
        if let Some(nom) = self.nom.take() {
            return Modele::Postgres(nom);
        }
        let DatabaseUrl::Sqlite(chemin) = &self.url else {
            unreachable!("a database of the server has a name")
        };
        let mut conn = SqliteConnection::establish(chemin).expect("the template opens");
        conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")
            .expect("the template is one file");
        let reste = std::fs::metadata(format!("{chemin}-wal")).map_or(0, |wal| wal.len());
        assert_eq!(reste, 0, "something is still connected to the template");
        Modele::Sqlite(std::fs::read(chemin).expect("the template reads"))
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some(nom) = &self.nom {
            // A server thread may still hold a connection: FORCE ends it.
            administrer(&format!("DROP DATABASE IF EXISTS {nom} WITH (FORCE)"));
        }
    }
}
