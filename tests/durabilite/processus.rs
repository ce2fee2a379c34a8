//! The real program as a process of its own: started, asked, killed without a word.

use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use releve::db::dialect::DatabaseUrl;

use crate::util::TestApp;
use crate::util::client::sans_cookies;

/// `releve serve` on a database that exists.
pub struct Processus {
    pub adresse: String,
    enfant: Child,
}

/// The program, with the settings of a base and folders of its own, and none of the machine's.
pub fn commande(app: &TestApp, dossier: &std::path::Path, port: u16) -> Command {
    let base = match app.state.db.url() {
        DatabaseUrl::Sqlite(chemin) => format!("sqlite://{chemin}"),
        DatabaseUrl::Postgres(url) => url.clone(),
    };
    let mut commande = Command::new(env!("CARGO_BIN_EXE_releve"));
    commande
        .env_clear()
        .env("DATABASE_URL", base)
        .env("RELEVE_ECOUTE", format!("127.0.0.1:{port}"))
        .env("RELEVE_URL_PUBLIQUE", format!("http://127.0.0.1:{port}"))
        .env(
            "RELEVE_PIECES",
            format!("file://{}", dossier.join("pieces").display()),
        )
        .env(
            "RELEVE_COURRIEL",
            format!("file://{}", dossier.join("courriels").display()),
        )
        .stdin(Stdio::null());
    commande
}

/// Runs a command of the program to its end.
pub fn executer(app: &TestApp, dossier: &std::path::Path, arguments: &[&str]) -> Output {
    commande(app, dossier, 1)
        .args(arguments)
        .output()
        .expect("the program runs")
}

/// A port that was free a moment ago.
pub fn port_libre() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("a port")
        .port()
}

impl Processus {
    /// Starts the program and waits until it answers.
    pub async fn demarrer(app: &TestApp, dossier: &std::path::Path, port: u16) -> Processus {
        let enfant = commande(app, dossier, port)
            .arg("serve")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let adresse = format!("http://127.0.0.1:{port}");
        let processus = Processus { adresse, enfant };
        let http = sans_cookies();
        for _ in 0..600 {
            let sonde = http
                .get(format!("{}/sante", processus.adresse))
                .send()
                .await;
            if sonde.is_ok_and(|r| r.status().is_success()) {
                return processus;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the program does not answer on {}", processus.adresse);
    }

    /// Kills it at once: no signal handler, no goodbye.
    pub fn tuer(&mut self) {
        self.enfant.kill().expect("it was running");
        self.enfant.wait().expect("it is gone");
    }

    /// Asks it to stop, as a service manager does, and returns whether it ended well.
    pub fn arreter(&mut self) -> bool {
        let demande = Command::new("kill")
            .args(["-TERM", &self.enfant.id().to_string()])
            .status()
            .expect("kill runs");
        demande.success() && self.enfant.wait().expect("it ends").success()
    }
}

impl Drop for Processus {
    fn drop(&mut self) {
        // Already gone after `tuer`.
        drop(self.enfant.kill());
        drop(self.enfant.wait());
    }
}
