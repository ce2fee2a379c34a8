//! Counts what a database is asked, whoever asks.

use std::collections::HashMap;
use std::ops::Sub;
use std::sync::{LazyLock, Mutex, Once};

use diesel::connection::{InstrumentationEvent, set_default_instrumentation};
use releve::db::dialect::DatabaseUrl;

use crate::util::TestApp;

static RECUES: LazyLock<Mutex<HashMap<String, Recues>>> = LazyLock::new(Mutex::default);
/// The texts of the bases that are listened to.
static TEXTES: LazyLock<Mutex<HashMap<String, Vec<String>>>> = LazyLock::new(Mutex::default);

/// What a database was asked so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recues {
    /// Statements that read or write.
    pub requetes: usize,
    /// BEGIN, COMMIT, ROLLBACK and savepoints.
    pub transactions: usize,
}

impl Sub for Recues {
    type Output = Recues;

    fn sub(self, avant: Recues) -> Recues {
        Recues {
            requetes: self.requetes - avant.requetes,
            transactions: self.transactions - avant.transactions,
        }
    }
}

/// Connections opened from now on are counted; to be called before the application starts.
pub fn installer() {
    static UNE_FOIS: Once = Once::new();
    UNE_FOIS.call_once(|| {
        set_default_instrumentation(|| {
            let mut base = String::new();
            // The text of a BEGIN is announced as a statement too, just after its own event.
            let mut de_transaction = false;
            Some(Box::new(move |evenement: InstrumentationEvent<'_>| {
                use InstrumentationEvent as E;
                match evenement {
                    E::StartEstablishConnection { url, .. } => url.clone_into(&mut base),
                    E::BeginTransaction { .. }
                    | E::CommitTransaction { .. }
                    | E::RollbackTransaction { .. } => de_transaction = true,
                    E::StartQuery { query, .. } => {
                        let mut comptes = RECUES.lock().expect("the counts");
                        let recues = comptes.entry(base.clone()).or_default();
                        if std::mem::take(&mut de_transaction) {
                            recues.transactions += 1;
                            return;
                        }
                        recues.requetes += 1;
                        let mut textes = TEXTES.lock().expect("the texts");
                        if let Some(textes) = textes.get_mut(&base) {
                            textes.push(query.to_string());
                        }
                    }
                    _ => {}
                }
            }))
        })
        .expect("the instrumentation is set");
    });
}

fn base(app: &TestApp) -> &str {
    match app.state.db.url() {
        DatabaseUrl::Sqlite(chemin) => chemin,
        DatabaseUrl::Postgres(url) => url,
    }
}

/// What the database of this application was asked so far.
pub fn recues(app: &TestApp) -> Recues {
    let comptes = RECUES.lock().expect("the counts");
    comptes.get(base(app)).copied().unwrap_or_default()
}

/// The statements that read or write, without their values, since the last call; kept from the first call on.
pub fn textes(app: &TestApp) -> Vec<String> {
    let mut textes = TEXTES.lock().expect("the texts");
    let recus = textes.entry(base(app).to_owned()).or_default();
    std::mem::take(recus)
        .into_iter()
        .map(|texte| match texte.rsplit_once(" -- binds:") {
            Some((enonce, _)) => enonce.to_owned(),
            None => texte,
        })
        .collect()
}
