//! Several writes, one commit. On SQLite one connection writes, and each commit waits for the disk: whoever waits for that
//! connection joins the transaction under way. Each write has its own savepoint, hence its own refusal, and its own answer,
//! given once all is on the disk.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use tokio::time::timeout;

use super::fils::Abandon;
use super::pool::WriteTx;
use super::{AnyConn, DbError, DbResult};

/// The most writes in one transaction.
const ACTES: usize = 64;
/// A transaction that has lasted this long takes no other write: whoever writes alone (a bulk act) waits behind it.
const DUREE: Duration = Duration::from_millis(50);

/// The outcome of the transaction, for each of its writes.
type Reponse = Box<dyn FnOnce(DbResult<()>) + Send>;
/// A write: given the connection, it is done and waits for the outcome; given a refusal, it passes it on. Nothing when
/// whoever asked has gone.
type Acte = Box<dyn FnOnce(DbResult<&mut AnyConn>) -> Option<Fait> + Send>;

struct Fait {
    taches: bool,
    /// Whether its savepoint ended as it should: what came before is still there.
    intacte: bool,
    repondre: Reponse,
}

/// The writes that wait for the connection, first come first served.
#[derive(Default)]
pub(super) struct Groupe(Mutex<VecDeque<Acte>>);

/// A write in line, for whoever waits for its answer.
pub(super) struct EnLigne<T, E> {
    abandon: Abandon,
    reponse: oneshot::Receiver<Result<T, E>>,
}

impl<T, E: From<DbError>> EnLigne<T, E> {
    /// Waits for the answer. What was not begun after `attente`, or when the caller no longer waits, never is; what was
    /// begun is waited for.
    pub async fn attendre(mut self, attente: Duration) -> Result<T, E> {
        let recue = match timeout(attente, &mut self.reponse).await {
            Ok(recue) => recue,
            Err(_) if self.abandon.prendre() => return Err(DbError::Occupee.into()),
            Err(_) => self.reponse.await,
        };
        recue.unwrap_or_else(|_| Err(DbError::Interrompu("a write".to_owned()).into()))
    }
}

impl Groupe {
    /// Puts a write in line.
    pub fn ajouter<T, E>(
        &self,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> EnLigne<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let pris = Arc::new(AtomicBool::new(false));
        let (envoi, reponse) = oneshot::channel();
        let en_ligne = EnLigne {
            abandon: Abandon(pris.clone()),
            reponse,
        };
        // An answer that nobody waits for any more is lost, as it would be on its way to the browser.
        let acte: Acte = Box::new(move |conn| {
            if pris.swap(true, Ordering::AcqRel) {
                return None;
            }
            let conn = match conn {
                Ok(conn) => conn,
                Err(refus) => {
                    let _ = envoi.send(Err(refus.into()));
                    return None;
                }
            };
            let (resultat, taches, intacte) = a_part(conn, f);
            Some(Fait {
                taches,
                intacte,
                repondre: Box::new(move |fin| {
                    let _ = envoi.send(fin.map_err(E::from).and(resultat));
                }),
            })
        });
        self.file().push_back(acte);
        en_ligne
    }

    fn file(&self) -> std::sync::MutexGuard<'_, VecDeque<Acte>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn suivant(&self) -> Option<Acte> {
        self.file().pop_front()
    }

    /// Whether nobody waits.
    pub fn est_vide(&self) -> bool {
        self.file().is_empty()
    }

    /// Refuses the first of those who wait.
    pub fn refuser(&self, refus: DbError) {
        if let Some(acte) = self.suivant() {
            acte(Err(refus));
        }
    }

    /// Does, in the transaction begun on `conn`, the writes that wait, and those that come meanwhile; commits, then answers.
    /// Returns whether a mail was queued.
    pub fn servir(&self, conn: &mut AnyConn) -> bool {
        let debut = Instant::now();
        let mut faits = Vec::new();
        let mut intacte = true;
        while intacte && faits.len() < ACTES && debut.elapsed() < DUREE {
            let Some(acte) = self.suivant() else { break };
            if let Some(fait) = acte(Ok(&mut *conn)) {
                intacte = fait.intacte;
                faits.push(fait);
            }
        }
        let fin = if intacte {
            conn.commit()
        } else {
            // SQLite gave the whole transaction up (the disk is full, say): nothing of it is kept.
            Err(DbError::Interrompu("the transaction was undone".to_owned()))
        };
        if fin.is_err()
            && let Err(erreur) = conn.rollback()
        {
            tracing::warn!(%erreur, "rollback failed; the connection is thrown away");
            conn.condamner();
        }
        let taches = fin.is_ok() && faits.iter().any(|f| f.taches);
        for fait in faits {
            (fait.repondre)(match &fin {
                Ok(()) => Ok(()),
                Err(DbError::Occupee) => Err(DbError::Occupee),
                Err(erreur) => Err(DbError::Interrompu(erreur.to_string())),
            });
        }
        taches
    }
}

/// Does a write in a savepoint: undone alone when it is refused or panics. Returns whether it queued a mail, and whether the
/// transaction around it still holds.
fn a_part<T, E: From<DbError>>(
    conn: &mut AnyConn,
    f: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
) -> (Result<T, E>, bool, bool) {
    if let Err(erreur) = conn.begin_savepoint() {
        return (Err(erreur.into()), false, false);
    }
    let mut tx = WriteTx::nouvelle(conn);
    let fait = catch_unwind(AssertUnwindSafe(|| tx.faire(f)));
    let taches = tx.a_des_taches();
    let resultat = fait.unwrap_or_else(|_| Err(DbError::Interrompu("panic".to_owned()).into()));
    let fin = match &resultat {
        Ok(_) => conn.commit(),
        Err(_) => conn.rollback(),
    };
    match fin {
        Ok(()) => {
            let ecrit = resultat.is_ok();
            (resultat, taches && ecrit, true)
        }
        Err(erreur) => (resultat.and(Err(erreur.into())), false, false),
    }
}
