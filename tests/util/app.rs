//! The application as users meet it: a real server on a port of its own, a database of its own,
//! a clock that stands still, a mailbox in memory.

use std::net::TcpListener;

use chrono::{NaiveDate, NaiveDateTime};
use releve::app::{self, AppState};
use releve::clock::Clock;
use releve::config::Config;
use releve::db::Patience;
use releve::db::dialect::DatabaseUrl;
use releve::db::tache::NatureTache;
use releve::mail::Courriel;

use super::base::TestDatabase;
use super::client::Client;
use super::mots;

/// The instant at which tests begin, unless they move the clock: Thursday 15 January 2026, 10:00 UTC.
pub fn debut() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 1, 15)
        .and_then(|d| d.and_hms_opt(10, 0, 0))
        .expect("a date")
}

pub struct TestApp {
    pub adresse: String,
    pub state: AppState,
    serveur: actix_web::dev::ServerHandle,
    _fil: std::thread::JoinHandle<()>,
    _dossier: tempfile::TempDir,
    // Last: the database is dropped after the server that uses it.
    _base: TestDatabase,
}

impl TestApp {
    /// Starts on an empty, migrated database.
    pub fn start() -> TestApp {
        TestApp::start_with(&[])
    }

    /// Starts with settings of the test's own.
    pub fn start_with(reglages: &[(&str, &str)]) -> TestApp {
        TestApp::start_change(reglages, |_| ())
    }

    /// Starts on a database that keeps nobody waiting longer.
    pub fn start_patient(patience: Patience) -> TestApp {
        TestApp::demarrer(&[], patience, |_| ())
    }

    /// Starts with settings of the test's own, on a state that it changed before anybody is served.
    pub fn start_change(
        reglages: &[(&str, &str)],
        changer: impl FnOnce(&mut AppState) + Send + 'static,
    ) -> TestApp {
        TestApp::demarrer(reglages, Patience::VISITE, changer)
    }

    fn demarrer(
        reglages: &[(&str, &str)],
        patience: Patience,
        changer: impl FnOnce(&mut AppState) + Send + 'static,
    ) -> TestApp {
        let base = TestDatabase::new();
        let dossier = tempfile::tempdir().expect("a temporary folder");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let adresse = format!("http://{}", listener.local_addr().expect("its address"));
        let url = match &base.url {
            DatabaseUrl::Sqlite(chemin) => format!("sqlite://{chemin}"),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let pieces = format!("file://{}", dossier.path().join("pieces").display());
        let mut settings: Vec<(String, String)> = [
            ("DATABASE_URL", url.as_str()),
            ("RELEVE_URL_PUBLIQUE", &adresse),
            ("RELEVE_COURRIEL", "memory://"),
            ("RELEVE_PIECES", &pieces),
        ]
        .map(|(c, v)| (c.to_owned(), v.to_owned()))
        .into();
        settings.extend(
            reglages
                .iter()
                .map(|(c, v)| ((*c).to_owned(), (*v).to_owned())),
        );
        let config = Config {
            patience,
            ..Config::lire(settings, None).expect("settings")
        };
        let (envoi, reception) = std::sync::mpsc::channel();
        let fil = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let mut state =
                    AppState::open(config, Clock::fixed(debut())).expect("the application opens");
                changer(&mut state);
                let server = app::server(state.clone(), listener, 1).expect("the server starts");
                envoi
                    .send((state, server.handle()))
                    .expect("the test listens");
                server.await.expect("the server runs");
            });
        });
        let (state, serveur) = reception.recv().expect("the server started");
        TestApp {
            adresse,
            state,
            serveur,
            _fil: fil,
            _dossier: dossier,
            _base: base,
        }
    }

    /// Sends the mails that are due, as the house does, and returns those sent by this call.
    pub async fn vider_courriels(&self) -> Vec<Courriel> {
        let avant = self.state.facteur.boite().len();
        releve::taches::tournee(&self.state, NatureTache::Courriel)
            .await
            .expect("the outbox empties");
        let partis = self.state.facteur.boite().split_off(avant);
        partis.iter().for_each(mots::tenir_un_courriel);
        partis
    }

    /// The daily tick, at the instant of the clock: reminders and lapses. Mails are queued, not sent.
    pub async fn passer_la_journee(&self) -> releve::taches::quotidien::Bilan {
        releve::taches::tic(&self.state)
            .await
            .expect("the daily tick passes")
    }

    /// A browser-like client with its own cookies.
    pub fn client(&self) -> Client {
        Client::new(&self.adresse)
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // The answer is not awaited: the thread ends by itself.
        drop(self.serveur.stop(false));
    }
}
