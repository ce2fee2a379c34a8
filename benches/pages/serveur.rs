//! The bases and the real binary, started as in production.

use std::fmt;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use releve::db::dialect::DatabaseUrl;
use releve::db::schema::dossier;
use releve::db::{Db, DbError, Patience};
use releve::dev::jeton_de_banc;
use releve::secret;

/// The secret of the server under load: the bench signs its forms with it.
pub const SECRET: &str = "secret-du-banc-qui-ne-sert-qu-a-mesurer";

const BINAIRE: &str = env!("CARGO_BIN_EXE_releve");

/// A database to measure on.
pub enum Base {
    Sqlite,
    Postgres(String),
}

impl Base {
    /// SQLite, and PostgreSQL when the environment names one.
    pub fn disponibles() -> Vec<Base> {
        let postgres = std::env::vars().find(|(cle, _)| cle == "RELEVE_TEST_POSTGRES");
        std::iter::once(Base::Sqlite)
            .chain(postgres.map(|(_, url)| Base::Postgres(url)))
            .collect()
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Base::Sqlite => "SQLite",
            Base::Postgres(_) => "PostgreSQL",
        })
    }
}

/// A base filled for the bench; dropped at the end.
pub struct Banc {
    adresse: String,
    dossier: tempfile::TempDir,
    /// Where it is made and dropped, and its name.
    postgres: Option<(String, String)>,
}

/// The binary, serving.
pub struct Serveur {
    pub adresse: String,
    pub demarrage: Duration,
    processus: Child,
}

impl Banc {
    /// A day like another: the reminders of the day have left, and the database has swept behind what was written.
    pub fn preparer(base: &Base, demandes: u32, caisses: u32) -> Banc {
        let dossier = tempfile::tempdir().expect("a folder");
        let (adresse, postgres) = match base {
            Base::Sqlite => (
                format!("sqlite://{}", dossier.path().join("banc.sqlite").display()),
                None,
            ),
            Base::Postgres(serveur) => {
                let nom = format!("releve_banc_{demandes}");
                let serveur = serveur.trim_end_matches('/').to_owned();
                let maintenance = format!("{serveur}/postgres");
                administrer(
                    &maintenance,
                    &format!("DROP DATABASE IF EXISTS {nom} WITH (FORCE)"),
                );
                administrer(&maintenance, &format!("CREATE DATABASE {nom}"));
                (format!("{serveur}/{nom}"), Some((maintenance, nom)))
            }
        };
        let banc = Banc {
            adresse,
            dossier,
            postgres,
        };
        let (demandes, caisses) = (demandes.to_string(), caisses.to_string());
        let taille = ["--demandes", &demandes, "--caisses", &caisses];
        banc.faire(&[&["generer"][..], &taille].concat());
        banc.faire(&["relances"]);
        if banc.postgres.is_some() {
            administrer(&banc.adresse, "VACUUM (ANALYZE)");
        }
        banc
    }

    pub fn url(&self) -> DatabaseUrl {
        self.adresse.parse().expect("an address of ours")
    }

    fn faire(&self, arguments: &[&str]) {
        let mut commande = self.commande(arguments);
        let fini = commande
            .stdout(Stdio::null())
            .status()
            .expect("the program runs");
        assert!(fini.success(), "{arguments:?} failed");
    }

    fn commande(&self, arguments: &[&str]) -> Command {
        let mut commande = Command::new(BINAIRE);
        commande
            .args(arguments)
            .env("DATABASE_URL", &self.adresse)
            .env("RELEVE_COURRIEL", "memory://")
            .env("RELEVE_SECRET", SECRET)
            .env(
                "RELEVE_PIECES",
                format!("file://{}", self.dossier.path().join("pieces").display()),
            )
            .env_remove("RELEVE_TEST_POSTGRES");
        commande
    }

    pub fn empreinte(&self, caisse: &str) -> String {
        secret::empreinte(&jeton_de_banc(caisse))
    }

    pub fn cookie(&self, caisse: &str) -> String {
        format!("releve={}", jeton_de_banc(caisse))
    }

    /// The most urgent open file of a CPAM.
    pub fn numero_ouvert(&self, caisse: &str) -> String {
        let db = Db::open(&self.url(), 1, Patience::TRAVAIL).expect("the base opens");
        db.read(|conn| {
            dossier::table
                .filter(
                    dossier::caisse_code
                        .eq(caisse)
                        .and(dossier::nature.eq("demande"))
                        .and(dossier::etat.eq_any(["deposee", "incomplete", "complete"])),
                )
                .order((dossier::echeance, dossier::id))
                .select(dossier::numero)
                .first(conn)
                .map_err(DbError::from)
        })
        .expect("an open file")
    }

    /// Starts the binary and waits for its first page.
    pub fn servir(&self) -> Serveur {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|l| l.local_addr())
            .expect("a port")
            .port();
        let adresse = format!("127.0.0.1:{port}");
        let debut = Instant::now();
        let processus = self
            .commande(&["serve"])
            .env("RELEVE_ECOUTE", &adresse)
            .env("RELEVE_URL_PUBLIQUE", format!("http://{adresse}"))
            .env("RUST_LOG", "error")
            .stdout(Stdio::null())
            .spawn()
            .expect("the server starts");
        while !premiere_page(&adresse) {
            assert!(
                debut.elapsed() < Duration::from_secs(30),
                "the server does not answer"
            );
            std::thread::sleep(Duration::from_millis(2));
        }
        Serveur {
            adresse,
            demarrage: debut.elapsed(),
            processus,
        }
    }
}

fn premiere_page(adresse: &str) -> bool {
    let Ok(mut flux) = TcpStream::connect(adresse) else {
        return false;
    };
    let requete = format!("GET / HTTP/1.1\r\nHost: {adresse}\r\nConnection: close\r\n\r\n");
    let mut reponse = String::new();
    flux.write_all(requete.as_bytes()).is_ok()
        && flux.read_to_string(&mut reponse).is_ok()
        && reponse.starts_with("HTTP/1.1 200")
}

impl Serveur {
    /// Resident memory, in kilobytes.
    pub fn memoire(&self) -> u64 {
        self.statut("VmRSS:")
    }

    /// The most resident memory since the start, in kilobytes.
    pub fn pic(&self) -> u64 {
        self.statut("VmHWM:")
    }

    fn statut(&self, champ: &str) -> u64 {
        let statut = std::fs::read_to_string(format!("/proc/{}/status", self.processus.id()))
            .unwrap_or_default();
        statut
            .lines()
            .find_map(|l| l.strip_prefix(champ))
            .and_then(|l| l.split_whitespace().next())
            .and_then(|n| n.parse().ok())
            .unwrap_or(0)
    }
}

impl Drop for Serveur {
    fn drop(&mut self) {
        drop(self.processus.kill());
        drop(self.processus.wait());
    }
}

fn administrer(adresse: &str, sql: &str) {
    use diesel::connection::SimpleConnection;
    let mut conn = diesel::PgConnection::establish(adresse).expect("PostgreSQL answers");
    conn.batch_execute(sql)
        .unwrap_or_else(|e| panic!("{sql}: {e}"));
}

impl Drop for Banc {
    fn drop(&mut self) {
        if let Some((maintenance, nom)) = &self.postgres {
            administrer(
                maintenance,
                &format!("DROP DATABASE IF EXISTS {nom} WITH (FORCE)"),
            );
        }
    }
}
