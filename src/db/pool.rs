//! The connections, and the one door through which everything is written.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use diesel::r2d2::{self, ManageConnection, Pool, PooledConnection};
use tokio::sync::Notify;

use super::dialect::{DatabaseUrl, Usage};
use super::{AnyConn, DbError, DbResult};

/// Opens connections of one use for the pool.
#[derive(Debug)]
struct Manager {
    url: DatabaseUrl,
    usage: Usage,
}

impl ManageConnection for Manager {
    type Connection = AnyConn;
    type Error = DbError;

    fn connect(&self) -> DbResult<AnyConn> {
        AnyConn::open(&self.url, self.usage)
    }

    fn is_valid(&self, _conn: &mut AnyConn) -> DbResult<()> {
        Ok(())
    }

    fn has_broken(&self, conn: &mut AnyConn) -> bool {
        std::thread::panicking() || conn.is_dirty()
    }
}

/// The database: connections that read, and connections that write.
///
/// On SQLite a single connection writes, so that writers wait for each other here,
/// in order, instead of failing with «database is locked».
#[derive(Clone)]
pub struct Db {
    url: DatabaseUrl,
    reads: Pool<Manager>,
    writes: Pool<Manager>,
    courrier: Arc<Notify>,
}

/// An open write transaction. Reads work through it too.
pub struct WriteTx<'a> {
    conn: &'a mut AnyConn,
    courrier: bool,
}

impl WriteTx<'_> {
    /// Notes that this transaction queued a mail: the worker is woken once it is committed.
    pub(super) fn annoncer_courrier(&mut self) {
        self.courrier = true;
    }
}

impl Deref for WriteTx<'_> {
    type Target = AnyConn;
    fn deref(&self) -> &AnyConn {
        self.conn
    }
}

impl DerefMut for WriteTx<'_> {
    fn deref_mut(&mut self) -> &mut AnyConn {
        self.conn
    }
}

fn pool(url: &DatabaseUrl, usage: Usage, taille: u32) -> DbResult<Pool<Manager>> {
    let manager = Manager {
        url: url.clone(),
        usage,
    };
    r2d2::Pool::builder()
        .max_size(taille)
        .min_idle(Some(1))
        .test_on_check_out(false)
        .connection_timeout(Duration::from_secs(30))
        .build(manager)
        .map_err(|e| DbError::Connexion(e.to_string()))
}

impl Db {
    /// Opens the pools. `taille`: connections that read (and, on PostgreSQL, as many that write).
    ///
    /// # Errors
    /// [`DbError::Connexion`] when the database does not answer.
    pub fn open(url: &DatabaseUrl, taille: u32) -> DbResult<Db> {
        let ecrivains = match url {
            DatabaseUrl::Sqlite(_) => 1,
            DatabaseUrl::Postgres(_) => taille,
        };
        // The writer first: on SQLite it creates the file that readers then open.
        let writes = pool(url, Usage::Ecriture, ecrivains)?;
        let reads = pool(url, Usage::Lecture, taille)?;
        Ok(Db {
            url: url.clone(),
            reads,
            writes,
            courrier: Arc::default(),
        })
    }

    /// The address this was opened on.
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// Wakes who sends mails, each time a transaction that queued one is committed.
    pub fn courrier(&self) -> &Notify {
        &self.courrier
    }

    /// Lends a connection that reads.
    ///
    /// # Errors
    /// [`DbError::Connexion`] when none is free, and what `f` returns.
    pub fn read<T, E: From<DbError>>(
        &self,
        f: impl FnOnce(&mut AnyConn) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut conn = self
            .reads
            .get()
            .map_err(|e| DbError::Connexion(e.to_string()))?;
        f(&mut conn)
    }

    /// Runs `f` in one write transaction: committed if it returns `Ok`, undone otherwise.
    ///
    /// # Errors
    /// [`DbError::Connexion`] when no connection is free, the refusal of the database, and what `f` returns.
    pub fn write<T, E: From<DbError>>(
        &self,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut conn: PooledConnection<Manager> = self
            .writes
            .get()
            .map_err(|e| DbError::Connexion(e.to_string()))?;
        conn.begin_write()?;
        let mut tx = WriteTx {
            conn: &mut conn,
            courrier: false,
        };
        let resultat = f(&mut tx);
        let courrier = tx.courrier;
        match resultat {
            Ok(valeur) => {
                conn.commit_write()?;
                if courrier {
                    self.courrier.notify_one();
                }
                Ok(valeur)
            }
            Err(erreur) => {
                if let Err(rollback) = conn.rollback_write() {
                    tracing::warn!(error = %rollback, "rollback failed; the connection is thrown away");
                }
                Err(erreur)
            }
        }
    }
}
