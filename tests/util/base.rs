//! A database per test: a template migrated once per process, copied for each test, dropped at its end.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
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

fn administrer(sql: &str) {
    let mut conn = PgConnection::establish(&adresse("postgres")).expect("PostgreSQL answers");
    conn.batch_execute(sql)
        .unwrap_or_else(|e| panic!("{sql}: {e}"));
}

impl TestDatabase {
    pub fn new() -> TestDatabase {
        let dossier = tempfile::tempdir().expect("a temporary folder");
        if postgres() {
            static MODELE: OnceLock<String> = OnceLock::new();
            static NUMERO: AtomicU32 = AtomicU32::new(0);
            let modele = MODELE.get_or_init(|| {
                let nom = format!("releve_modele_{}", std::process::id());
                administrer(&format!("DROP DATABASE IF EXISTS {nom}"));
                administrer(&format!("CREATE DATABASE {nom}"));
                releve::db::migrate(&DatabaseUrl::Postgres(adresse(&nom)))
                    .expect("migrations apply");
                nom
            });
            let nom = format!("{modele}_{}", NUMERO.fetch_add(1, Ordering::Relaxed));
            administrer(&format!("DROP DATABASE IF EXISTS {nom}"));
            administrer(&format!(
                "CREATE DATABASE {nom} TEMPLATE {modele} STRATEGY file_copy"
            ));
            let url = DatabaseUrl::Postgres(adresse(&nom));
            return TestDatabase {
                url,
                nom: Some(nom),
                _dossier: dossier,
            };
        }
        static MODELE: OnceLock<Vec<u8>> = OnceLock::new();
        let chemin = dossier.path().join("test.sqlite");
        let octets = MODELE.get_or_init(|| {
            let modele = dossier.path().join("modele.sqlite");
            releve::db::migrate(&DatabaseUrl::Sqlite(modele.display().to_string()))
                .expect("migrations apply");
            std::fs::read(modele).expect("the template reads")
        });
        std::fs::write(&chemin, octets).expect("the copy writes");
        TestDatabase {
            url: DatabaseUrl::Sqlite(chemin.display().to_string()),
            nom: None,
            _dossier: dossier,
        }
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
