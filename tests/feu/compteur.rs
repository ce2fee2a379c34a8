//! Counts the queries that a database receives, whoever sends them.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, Once};

use diesel::connection::{InstrumentationEvent, set_default_instrumentation};
use releve::db::dialect::DatabaseUrl;

use crate::util::Caisse;

static REQUETES: LazyLock<Mutex<HashMap<String, usize>>> = LazyLock::new(Mutex::default);

/// Connections opened from now on are counted; to be called before the application starts.
pub fn installer() {
    static UNE_FOIS: Once = Once::new();
    UNE_FOIS.call_once(|| {
        set_default_instrumentation(|| {
            let mut base = String::new();
            Some(Box::new(
                move |evenement: InstrumentationEvent<'_>| match evenement {
                    InstrumentationEvent::StartEstablishConnection { url, .. } => {
                        url.clone_into(&mut base);
                    }
                    InstrumentationEvent::StartQuery { .. } => {
                        *REQUETES
                            .lock()
                            .expect("the counts")
                            .entry(base.clone())
                            .or_default() += 1;
                    }
                    _ => {}
                },
            ))
        })
        .expect("the instrumentation is set");
    });
}

/// How many queries the database of this application received so far.
pub fn recues(caisse: &Caisse) -> usize {
    let base = match caisse.app.state.db.url() {
        DatabaseUrl::Sqlite(chemin) => chemin,
        DatabaseUrl::Postgres(url) => url,
    };
    let comptes = REQUETES.lock().expect("the counts");
    comptes.get(base).copied().unwrap_or(0)
}
