//! How long the database may keep its caller waiting, and how a wait that was cut short is recognised.

use std::time::Duration;

/// The longest waits of a use; what exceeds one of them is refused as [`super::DbError::Occupee`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// In line: for a thread, a connection and, on SQLite, for those who came first to write.
    pub file: Duration,
    /// For a lock that somebody else holds.
    pub verrou: Duration,
    /// For one statement; none: as long as it takes. PostgreSQL only.
    pub requete: Option<Duration>,
    /// Between two statements of a transaction, before it is undone and its locks are free; none: for ever.
    /// PostgreSQL only.
    pub silence: Option<Duration>,
}

impl Patience {
    /// For somebody who looks at a page: it answers before she gives up, or a proxy in front of us does.
    pub const VISITE: Patience = Patience {
        file: Duration::from_secs(8),
        verrou: Duration::from_secs(4),
        requete: Some(Duration::from_secs(30)),
        silence: Some(Duration::from_secs(30)),
    };

    /// For the command line and for what Relève does by itself: imports, verifications, the work of the day.
    pub const TRAVAIL: Patience = Patience {
        file: Duration::from_secs(600),
        verrou: Duration::from_secs(60),
        requete: None,
        silence: None,
    };
}

/// What SQLite says of a lock, and PostgreSQL of a lock, of a statement and of two transactions that wait for each
/// other. Diesel tells neither the SQLSTATE nor the language, which is the server's: English and French are known.
const EXPIREES: [&str; 7] = [
    "database is locked",
    "canceling statement due to lock timeout",
    "annulation de la requête à cause du délai écoulé pour l'obtention des verrous",
    "canceling statement due to statement timeout",
    "annulation de la requête à cause du délai écoulé pour l'exécution de l'instruction",
    "deadlock detected",
    "interblocage (deadlock) détecté",
];

/// Whether this message says that a wait was cut short.
pub(super) fn expiree(message: &str) -> bool {
    EXPIREES.contains(&message)
}

/// Whether this message says that the disk is full: SQLite's words, and those that PostgreSQL takes from the system.
pub(super) fn pleine(message: &str) -> bool {
    [
        "database or disk is full",
        "No space left on device",
        "Aucun espace disponible",
    ]
    .iter()
    .any(|mots| message.contains(mots))
}
