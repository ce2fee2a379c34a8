//! The connections, and the one door through which everything is written.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::r2d2::{self, ManageConnection, Pool, PooledConnection};
use tokio::sync::Notify;

use super::chaine::{self, EnAttente};
use super::dialect::{DatabaseUrl, Usage};
use super::fils::{Fils, Tour};
use super::groupe::Groupe;
use super::patience::Patience;
use super::{AnyConn, DbError, DbResult};

/// Connections of each kind for what Relève does by itself: a bulk act and the mails, at once.
const DE_FOND: u32 = 2;

/// How long a connection is awaited once none is left: the database is down, and whoever asks is told at once.
const EN_PANNE: Duration = Duration::from_secs(1);

/// Opens connections of one use for the pool.
#[derive(Debug)]
struct Manager {
    url: DatabaseUrl,
    usage: Usage,
    patience: Patience,
}

impl ManageConnection for Manager {
    type Connection = AnyConn;
    type Error = DbError;

    fn connect(&self) -> DbResult<AnyConn> {
        AnyConn::open(&self.url, self.usage, &self.patience)
    }

    fn is_valid(&self, _conn: &mut AnyConn) -> DbResult<()> {
        Ok(())
    }

    fn has_broken(&self, conn: &mut AnyConn) -> bool {
        std::thread::panicking() || conn.is_dirty()
    }
}

/// The database: connections that read, and connections that write, each with threads of their own.
///
/// On SQLite a single connection writes, so that writers wait for each other here,
/// in order, instead of failing with «database is locked».
#[derive(Clone)]
pub struct Db(Arc<Base>);

struct Base {
    url: DatabaseUrl,
    patience: Patience,
    reads: Pool<Manager>,
    writes: Pool<Manager>,
    /// Where those who write to SQLite wait for the only connection, and those of them who share a commit.
    tour: Option<Arc<(Tour, Groupe)>>,
    lecteurs: Arc<Fils>,
    ecrivains: Arc<Fils>,
    taches: Arc<Notify>,
}

/// An open write transaction. Reads work through it too.
pub struct WriteTx<'a> {
    conn: &'a mut AnyConn,
    taches: bool,
    /// What happened, written at the end.
    evenements: Vec<EnAttente>,
}

impl<'a> WriteTx<'a> {
    pub(super) fn nouvelle(conn: &'a mut AnyConn) -> WriteTx<'a> {
        WriteTx {
            conn,
            taches: false,
            evenements: Vec::new(),
        }
    }

    /// Does `f`, then writes what happened.
    pub(super) fn faire<T, E: From<DbError>>(
        &mut self,
        f: impl FnOnce(&mut WriteTx<'a>) -> Result<T, E>,
    ) -> Result<T, E> {
        let valeur = f(self)?;
        chaine::ecrire(self.conn, &self.evenements)?;
        Ok(valeur)
    }

    /// Whether this transaction filed a task.
    pub(super) fn a_des_taches(&self) -> bool {
        self.taches
    }

    /// Notes that this transaction filed a task: who carries them is woken once it is committed.
    pub(super) fn annoncer_tache(&mut self) {
        self.taches = true;
    }

    /// Keeps an event until the end of the transaction.
    pub(super) fn retenir(&mut self, evenement: EnAttente) {
        self.evenements.push(evenement);
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

fn pool(
    url: &DatabaseUrl,
    usage: Usage,
    patience: Patience,
    taille: u32,
) -> DbResult<Pool<Manager>> {
    let manager = Manager {
        url: url.clone(),
        usage,
        patience,
    };
    r2d2::Pool::builder()
        .max_size(taille)
        .min_idle(Some(1))
        .test_on_check_out(false)
        .connection_timeout(patience.file)
        .build(manager)
        .map_err(|e| DbError::Connexion(e.to_string()))
}

/// A connection on which `debut` was done. One that died while it rested (the server was restarted) is thrown away
/// for the next, until a fresh one.
fn emprunter<T>(
    pool: &Pool<Manager>,
    debut: impl Fn(&mut AnyConn) -> DbResult<T>,
) -> DbResult<(PooledConnection<Manager>, T)> {
    let mut reste = pool.max_size();
    loop {
        let attente = match pool.state().connections {
            0 => EN_PANNE.min(pool.connection_timeout()),
            _ => pool.connection_timeout(),
        };
        let mut conn = pool.get_timeout(attente).map_err(|e| {
            if pool.state().connections > 0 {
                DbError::Occupee
            } else {
                DbError::Connexion(e.to_string())
            }
        })?;
        match debut(&mut conn) {
            Err(DbError::Coupee(cause)) => {
                conn.condamner();
                if reste == 0 {
                    return Err(DbError::Coupee(cause));
                }
                reste -= 1;
            }
            fait => return fait.map(|valeur| (conn, valeur)),
        }
    }
}

impl Db {
    /// Opens the pools. `taille`: connections that read (and, on PostgreSQL, as many that write).
    ///
    /// # Errors
    /// [`DbError::Connexion`] when the database does not answer.
    pub fn open(url: &DatabaseUrl, taille: u32, patience: Patience) -> DbResult<Db> {
        let (ecrivains, tour) = match url {
            DatabaseUrl::Sqlite(_) => (1, Some(Arc::default())),
            DatabaseUrl::Postgres(_) => (taille, None),
        };
        // The writer first: on SQLite it creates the file that readers then open.
        let writes = pool(url, Usage::Ecriture, patience, ecrivains)?;
        let reads = pool(url, Usage::Lecture, patience, taille)?;
        Ok(Db(Arc::new(Base {
            url: url.clone(),
            patience,
            reads,
            writes,
            tour,
            lecteurs: Arc::new(Fils::new("lecture", taille)?),
            ecrivains: Arc::new(Fils::new("ecriture", ecrivains)?),
            taches: Arc::default(),
        })))
    }

    /// Opens a base that holds nothing yet, to fill it: one connection, which shares it with nobody.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub fn open_a_remplir(url: &DatabaseUrl) -> DbResult<Db> {
        let patience = Patience::TRAVAIL;
        let pool = pool(url, Usage::Remplissage, patience, 1)?;
        Ok(Db(Arc::new(Base {
            url: url.clone(),
            patience,
            reads: pool.clone(),
            writes: pool,
            tour: None,
            lecteurs: Arc::new(Fils::new("lecture", 1)?),
            ecrivains: Arc::new(Fils::new("ecriture", 1)?),
            taches: Arc::default(),
        })))
    }

    /// The same database for what Relève does by itself: as patient as that work is long, on connections that no
    /// visitor waits for. On SQLite both write through the same one, in turn.
    ///
    /// # Errors
    /// [`DbError::Connexion`] when the database does not answer.
    pub fn de_fond(&self) -> DbResult<Db> {
        let (base, patience) = (&self.0, Patience::TRAVAIL);
        Ok(Db(Arc::new(Base {
            url: base.url.clone(),
            patience,
            reads: pool(&base.url, Usage::Lecture, patience, DE_FOND)?,
            writes: match base.tour {
                Some(_) => base.writes.clone(),
                None => pool(&base.url, Usage::Ecriture, patience, DE_FOND)?,
            },
            tour: base.tour.clone(),
            lecteurs: base.lecteurs.clone(),
            ecrivains: base.ecrivains.clone(),
            taches: base.taches.clone(),
        })))
    }

    /// The address this was opened on.
    pub fn url(&self) -> &DatabaseUrl {
        &self.0.url
    }

    /// Wakes who carries tasks, each time a transaction that filed one is committed.
    pub fn taches(&self) -> &Notify {
        &self.0.taches
    }

    /// Reads: all that `f` sees is of one instant, whatever is committed meanwhile.
    ///
    /// # Errors
    /// [`DbError::Occupee`] when no connection is free in time, and what `f` returns.
    pub fn read<T, E: From<DbError>>(
        &self,
        f: impl FnOnce(&mut AnyConn) -> Result<T, E>,
    ) -> Result<T, E> {
        let (mut conn, ()) = emprunter(&self.0.reads, AnyConn::begin_read)?;
        let resultat = f(&mut conn);
        let fin = match &resultat {
            Ok(_) => conn.commit(),
            Err(_) => conn.rollback(),
        };
        if let Err(erreur) = fin {
            tracing::warn!(%erreur, "a read did not end well; the connection is thrown away");
        }
        resultat
    }

    /// Makes one statement outside any transaction, which costs PostgreSQL two exchanges less. Made again when the
    /// connection had died.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn lookup<T>(&self, f: impl Fn(&mut AnyConn) -> DbResult<T>) -> DbResult<T> {
        emprunter(&self.0.reads, f).map(|(_, valeur)| valeur)
    }

    /// Runs `f` in one write transaction: committed if it returns `Ok`, undone otherwise.
    ///
    /// # Errors
    /// [`DbError::Occupee`] when its turn or a lock does not come in time, the refusal of the database, and what `f`
    /// returns.
    pub fn write<T, E: From<DbError>>(
        &self,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write_before(Instant::now() + self.0.patience.file, f)
    }

    fn write_before<T, E: From<DbError>>(
        &self,
        limite: Instant,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _servi = match &self.0.tour {
            Some(ligne) => Some(ligne.0.attendre(limite).ok_or(DbError::Occupee)?),
            None => None,
        };
        let (mut conn, ()) = emprunter(&self.0.writes, AnyConn::begin_write)?;
        let mut tx = WriteTx::nouvelle(&mut conn);
        let resultat = tx.faire(f);
        let taches = tx.taches;
        match resultat {
            Ok(valeur) => {
                conn.commit().map_err(|erreur| match erreur {
                    DbError::Coupee(cause) => DbError::Incertaine(cause),
                    autre => autre,
                })?;
                if taches {
                    self.0.taches.notify_one();
                }
                Ok(valeur)
            }
            Err(erreur) => {
                if let Err(rollback) = conn.rollback() {
                    tracing::warn!(error = %rollback, "rollback failed; the connection is thrown away");
                }
                Err(erreur)
            }
        }
    }

    /// Does the writes that wait in line, in one transaction. Each came with one call of this: a call that finds nobody was
    /// done by another, and whoever is left behind by a refusal has one to come.
    fn servir(&self, (tour, groupe): &(Tour, Groupe)) {
        if groupe.est_vide() {
            return;
        }
        let Some(_servi) = tour.attendre(Instant::now() + self.0.patience.file) else {
            return;
        };
        match emprunter(&self.0.writes, AnyConn::begin_write) {
            Ok((mut conn, ())) => {
                if groupe.servir(&mut conn) {
                    self.0.taches.notify_one();
                }
            }
            Err(erreur) => groupe.refuser(erreur),
        }
    }

    /// [`Db::read`] on a thread that reads.
    ///
    /// # Errors
    /// As [`Db::read`]; [`DbError::Interrompu`] when `f` panics.
    pub async fn spawn_read<T, E>(
        &self,
        f: impl FnOnce(&mut AnyConn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (base, db) = (&self.0, self.clone());
        base.lecteurs
            .confier(base.patience.file, move || db.read(f))
            .await?
    }

    /// [`Db::lookup`] on a thread that reads.
    ///
    /// # Errors
    /// As [`Db::lookup`]; [`DbError::Interrompu`] when `f` panics.
    pub async fn spawn_lookup<T: Send + 'static>(
        &self,
        f: impl Fn(&mut AnyConn) -> DbResult<T> + Send + 'static,
    ) -> DbResult<T> {
        let (base, db) = (&self.0, self.clone());
        base.lecteurs
            .confier(base.patience.file, move || db.lookup(f))
            .await?
    }

    /// [`Db::write`] on a thread that writes; its turn is counted from now. On SQLite, those who wait share a commit.
    ///
    /// # Errors
    /// As [`Db::write`]; [`DbError::Interrompu`] when `f` panics.
    pub async fn spawn_write<T, E>(
        &self,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (base, db) = (&self.0, self.clone());
        if let Some(ligne) = base.tour.clone() {
            let en_ligne = ligne.1.ajouter(f);
            base.ecrivains.lancer(move || db.servir(&ligne));
            return en_ligne.attendre(base.patience.file).await;
        }
        let limite = Instant::now() + base.patience.file;
        base.ecrivains
            .confier(base.patience.file, move || db.write_before(limite, f))
            .await?
    }
}
