//! The only file that matches on the backend: one connection type over SQLite and PostgreSQL.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use diesel::backend::Backend;
use diesel::connection::{
    AnsiTransactionManager, CacheSize, Instrumentation, LoadConnection, SimpleConnection,
    TransactionManager, TransactionManagerStatus,
};
use diesel::expression::QueryMetadata;
use diesel::internal::derives::multiconnection::ConnectionSealed;
use diesel::prelude::*;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::{ConnectionResult, PgConnection, SqliteConnection};

use super::enonce::Textes;
use super::patience::Patience;
use super::{DbError, DbResult};

/// One or the other.
#[derive(diesel::MultiConnection)]
pub enum Base {
    /// PostgreSQL.
    Pg(PgConnection),
    /// SQLite, bundled.
    Sqlite(SqliteConnection),
}

/// A connection to either database.
pub struct AnyConn {
    /// Which, for what one of them says in its own way.
    pub base: Base,
    textes: Textes,
}

/// The backend of [`AnyConn`], for `Selectable::construct_selection`.
pub type Multi = MultiBackend;

/// What writes the text of a statement.
pub(super) type Redacteur = <Multi as Backend>::QueryBuilder;

impl SimpleConnection for AnyConn {
    fn batch_execute(&mut self, ordres: &str) -> QueryResult<()> {
        self.base.batch_execute(ordres)
    }
}

impl ConnectionSealed for AnyConn {}

impl Connection for AnyConn {
    type Backend = Multi;
    type TransactionManager = AnyConn;

    fn establish(url: &str) -> ConnectionResult<AnyConn> {
        Base::establish(url).map(AnyConn::sur)
    }

    fn execute_returning_count<T>(&mut self, source: &T) -> QueryResult<usize>
    where
        T: QueryFragment<Multi> + QueryId,
    {
        let (base, redacteur) = self.redaction();
        let enonce = self.textes.ecrire(source, &base, redacteur)?;
        self.base.execute_returning_count(&enonce)
    }

    fn transaction_state(&mut self) -> &mut AnyConn {
        self
    }

    fn instrumentation(&mut self) -> &mut dyn Instrumentation {
        self.base.instrumentation()
    }

    fn set_instrumentation(&mut self, instrumentation: impl Instrumentation) {
        self.base.set_instrumentation(instrumentation);
    }

    fn set_prepared_statement_cache_size(&mut self, taille: CacheSize) {
        self.base.set_prepared_statement_cache_size(taille);
    }
}

impl LoadConnection for AnyConn {
    type Cursor<'conn, 'query> = <Base as LoadConnection>::Cursor<'conn, 'query>;
    type Row<'conn, 'query> = <Base as LoadConnection>::Row<'conn, 'query>;

    fn load<'conn, 'query, T>(
        &'conn mut self,
        source: T,
    ) -> QueryResult<Self::Cursor<'conn, 'query>>
    where
        T: Query + QueryFragment<Multi> + QueryId + 'query,
        Multi: QueryMetadata<T::SqlType>,
    {
        let (base, redacteur) = self.redaction();
        let enonce = self.textes.ecrire(source, &base, redacteur)?;
        LoadConnection::load(&mut self.base, enonce)
    }
}

impl TransactionManager<AnyConn> for AnyConn {
    type TransactionStateData = AnyConn;

    fn begin_transaction(conn: &mut AnyConn) -> QueryResult<()> {
        Base::begin_transaction(&mut conn.base)
    }

    fn rollback_transaction(conn: &mut AnyConn) -> QueryResult<()> {
        Base::rollback_transaction(&mut conn.base)
    }

    fn commit_transaction(conn: &mut AnyConn) -> QueryResult<()> {
        Base::commit_transaction(&mut conn.base)
    }

    fn transaction_manager_status_mut(conn: &mut AnyConn) -> &mut TransactionManagerStatus {
        Base::transaction_manager_status_mut(&mut conn.base)
    }
}

/// Runs an expression that Diesel writes for each backend alone (batch inserts): compiled once per variant.
#[macro_export]
macro_rules! per_backend {
    ($conn:expr, $each:ident => $run:expr) => {
        match &mut ($conn).base {
            $crate::dialect::Base::Pg($each) => $run,
            $crate::dialect::Base::Sqlite($each) => $run,
        }
    };
}

/// A recognised database address: `sqlite://PATH` or `postgres://…`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// Path of the SQLite file.
    Sqlite(String),
    /// The whole libpq address.
    Postgres(String),
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => write!(f, "sqlite://{path}"),
            // The address may hold a password.
            DatabaseUrl::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = DbError;

    fn from_str(url: &str) -> DbResult<Self> {
        if let Some(path) = url.strip_prefix("sqlite://").filter(|p| !p.is_empty()) {
            return Ok(DatabaseUrl::Sqlite(path.to_owned()));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(DatabaseUrl::Postgres(sans_attendre(url)));
        }
        // The address itself may hold a password: name only its scheme.
        let schema = url
            .split_once("://")
            .map_or("sans schéma", |(schema, _)| schema);
        Err(DbError::Adresse(schema.to_owned()))
    }
}

/// The address, which gives up a server that does not answer after five seconds unless it says otherwise.
fn sans_attendre(url: &str) -> String {
    if url.contains("connect_timeout=") {
        return url.to_owned();
    }
    let lien = if url.contains('?') { '&' } else { '?' };
    format!("{url}{lien}connect_timeout=5")
}

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// The database itself refuses writes.
    Lecture,
    /// Reads and writes.
    Ecriture,
    /// Fills a base that holds nothing yet, alone: what stops half-way is thrown away.
    Remplissage,
}

// WAL lets readers go on during a write. FULL: what was acknowledged survives a power cut
// (docs/decisions/0010-synchronous-full.md). 64 MB of cache and mmap carry the queue page. The journal is copied back every
// 16 MB: the pages that each write touches are copied once for many writes; what a long reader made of it comes back to that.
const SQLITE_PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; \
    PRAGMA journal_size_limit = 16777216;     PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY;";

// Nobody else reads, nothing is worth keeping if the machine stops, and references are right by construction: no journal to copy
// back, no wait for the disk, no look-up of what each row refers to. Indexes are sorted on several threads.
const SQLITE_REMPLISSAGE: &str = "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; \
    PRAGMA cache_size = -131072; PRAGMA temp_store = FILE; PRAGMA threads = 2;";

impl AnyConn {
    fn sur(base: Base) -> AnyConn {
        AnyConn {
            base,
            textes: Textes::default(),
        }
    }

    /// In which dialect statements are written here, and what writes the next one.
    fn redaction(&self) -> (Multi, Redacteur) {
        match self.base {
            Base::Pg(_) => (
                Multi::Pg(Default::default()),
                <Redacteur>::Pg(Default::default()),
            ),
            Base::Sqlite(_) => (
                Multi::Sqlite(Default::default()),
                <Redacteur>::Sqlite(Default::default()),
            ),
        }
    }

    /// Opens a connection and sets it up for its use, and for as long as its user waits.
    ///
    /// # Errors
    /// [`DbError::Connexion`] when the database does not answer or refuses the settings.
    pub fn open(url: &DatabaseUrl, usage: Usage, patience: &Patience) -> DbResult<AnyConn> {
        let verrou = patience.verrou.as_millis();
        let connexion = |e: String| DbError::Connexion(e);
        match url {
            DatabaseUrl::Sqlite(path) => {
                let mut conn =
                    SqliteConnection::establish(path).map_err(|e| connexion(e.to_string()))?;
                // First: another connection may be changing the journal.
                conn.batch_execute(&format!("PRAGMA busy_timeout = {verrou};"))?;
                conn.batch_execute(match usage {
                    Usage::Remplissage => SQLITE_REMPLISSAGE,
                    Usage::Lecture | Usage::Ecriture => SQLITE_PRAGMAS,
                })?;
                if usage == Usage::Lecture {
                    conn.batch_execute("PRAGMA query_only = ON;")?;
                }
                Ok(AnyConn::sur(Base::Sqlite(conn)))
            }
            DatabaseUrl::Postgres(url) => {
                let mut conn =
                    PgConnection::establish(url).map_err(|e| connexion(e.to_string()))?;
                let millis = |duree: Option<Duration>| duree.map_or(0, |d| d.as_millis());
                let (requete, silence) = (millis(patience.requete), millis(patience.silence));
                // Ten tables joined are planned in 100 ms, five times on each connection, when their order is sought
                // among all; in 8 ms when it is sought four by four, for the same plan.
                conn.batch_execute(&format!(
                    "SET timezone = 'UTC'; SET client_min_messages = warning; SET join_collapse_limit = 4; \
                     SET lock_timeout = {verrou}; \
                     SET statement_timeout = {requete}; SET idle_in_transaction_session_timeout = {silence};"
                ))?;
                if usage == Usage::Lecture {
                    conn.batch_execute("SET default_transaction_read_only = on;")?;
                }
                Ok(AnyConn::sur(Base::Pg(conn)))
            }
        }
    }

    /// Starts a transaction: on SQLite it takes the write lock at once, so that
    /// what is read first cannot be stale when it is written.
    pub(super) fn begin_write(&mut self) -> DbResult<()> {
        match &mut self.base {
            Base::Sqlite(conn) => {
                AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")?
            }
            Base::Pg(conn) => AnsiTransactionManager::begin_transaction(conn)?,
        }
        Ok(())
    }

    /// Starts a transaction that reads: all its statements see the database as it is at the first of them.
    pub(super) fn begin_read(&mut self) -> DbResult<()> {
        match &mut self.base {
            Base::Sqlite(conn) => {
                AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN DEFERRED")?
            }
            Base::Pg(conn) => AnsiTransactionManager::begin_transaction_sql(
                conn,
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            )?,
        }
        Ok(())
    }

    /// Starts a part of the transaction under way, which may be undone alone: [`AnyConn::commit`] and
    /// [`AnyConn::rollback`] end it.
    pub(super) fn begin_savepoint(&mut self) -> DbResult<()> {
        match &mut self.base {
            Base::Sqlite(conn) => AnsiTransactionManager::begin_transaction(conn)?,
            Base::Pg(conn) => AnsiTransactionManager::begin_transaction(conn)?,
        }
        Ok(())
    }

    /// Commits the transaction under way.
    pub(super) fn commit(&mut self) -> DbResult<()> {
        match &mut self.base {
            Base::Sqlite(conn) => AnsiTransactionManager::commit_transaction(conn)?,
            Base::Pg(conn) => AnsiTransactionManager::commit_transaction(conn)?,
        }
        Ok(())
    }

    /// Undoes the transaction under way.
    pub(super) fn rollback(&mut self) -> DbResult<()> {
        match &mut self.base {
            Base::Sqlite(conn) => AnsiTransactionManager::rollback_transaction(conn)?,
            Base::Pg(conn) => AnsiTransactionManager::rollback_transaction(conn)?,
        }
        Ok(())
    }

    fn status(&mut self) -> &mut TransactionManagerStatus {
        match &mut self.base {
            Base::Sqlite(conn) => AnsiTransactionManager::transaction_manager_status_mut(conn),
            Base::Pg(conn) => AnsiTransactionManager::transaction_manager_status_mut(conn),
        }
    }

    /// Whether a transaction was left open or broken by a panic, or the connection was found dead: it is thrown away.
    pub(super) fn is_dirty(&mut self) -> bool {
        !matches!(self.status().transaction_depth(), Ok(None))
    }

    /// Notes that this connection is dead.
    pub(super) fn condamner(&mut self) {
        self.status().set_in_error();
    }

    /// Asks the database for the simplest answer there is.
    pub fn ping(&mut self) -> DbResult<()> {
        diesel::sql_query("SELECT 1").execute(self)?;
        Ok(())
    }

    /// Whether this is SQLite. Only for what the enum cannot express; prefer one query for both.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.base, Base::Sqlite(_))
    }
}

/// After rows were written with identifiers of their own: the next one follows the largest.
/// SQLite does it by itself.
pub fn recaler(conn: &mut AnyConn, tables: &[&str]) -> DbResult<()> {
    let Base::Pg(pg) = &mut conn.base else {
        return Ok(());
    };
    for table in tables {
        pg.batch_execute(&format!(
            "SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce((SELECT max(id) FROM {table}), 1))"
        ))?;
    }
    Ok(())
}
