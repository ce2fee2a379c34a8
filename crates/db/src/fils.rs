//! Threads of their own for reads and for writes, so that neither waits behind the other; and the line in which those
//! who write to SQLite wait for their turn.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use super::{DbError, DbResult};

/// A fixed number of threads, which take work in the order it came.
pub(super) struct Fils {
    // Taken when this is dropped: a runtime may not wait for its threads inside another.
    runtime: Option<Runtime>,
}

impl Fils {
    /// As many threads as `nombre`, each started when it is first needed.
    ///
    /// # Errors
    /// [`DbError::Interrompu`] when the system refuses.
    pub fn new(nom: &'static str, nombre: u32) -> DbResult<Fils> {
        let runtime = Builder::new_current_thread()
            .max_blocking_threads(usize::try_from(nombre).unwrap_or(1).max(1))
            .thread_name(nom)
            .build()
            .map_err(|e| DbError::Interrompu(e.to_string()))?;
        Ok(Fils {
            runtime: Some(runtime),
        })
    }

    /// Does `f` on one of the threads, which nobody waits for.
    pub fn lancer(&self, f: impl FnOnce() + Send + 'static) {
        if let Some(runtime) = &self.runtime {
            runtime.spawn_blocking(f);
        }
    }

    /// Does `f` on one of the threads. What was not begun after `attente`, or when the caller no longer waits, never is;
    /// what was begun is waited for.
    ///
    /// # Errors
    /// [`DbError::Occupee`] when it was not begun in time, [`DbError::Interrompu`] when it panicked.
    pub async fn confier<T: Send + 'static>(
        &self,
        attente: Duration,
        f: impl FnOnce() -> T + Send + 'static,
    ) -> DbResult<T> {
        let Some(runtime) = &self.runtime else {
            return Err(DbError::Interrompu("no thread".to_owned()));
        };
        let pris = Arc::new(AtomicBool::new(false));
        let abandon = Abandon(pris.clone());
        let mut tache =
            runtime.spawn_blocking(move || (!pris.swap(true, Ordering::AcqRel)).then(f));
        let fini = match timeout(attente, &mut tache).await {
            Ok(fini) => fini,
            Err(_) if abandon.prendre() => return Err(DbError::Occupee),
            Err(_) => tache.await,
        };
        fini.map_err(|erreur| DbError::Interrompu(erreur.to_string()))?
            .ok_or(DbError::Occupee)
    }
}

/// Takes work that was not begun out of the line, when it is dropped: whoever swaps first has it, the thread or this.
/// (An abort of tokio's is only seen by the thread that would have done the work.)
pub(super) struct Abandon(pub Arc<AtomicBool>);

impl Abandon {
    /// Whether it was taken out: nobody will begin it.
    pub fn prendre(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }
}

impl Drop for Abandon {
    fn drop(&mut self) {
        self.prendre();
    }
}

impl Drop for Fils {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A line: whoever came first is served first. A pool of connections promises no order, and whoever writes again at
/// once (a bulk act, the work of the day) would take the only one back before those who wait have woken.
#[derive(Default)]
pub(super) struct Tour {
    numeros: Mutex<Numeros>,
    appel: Condvar,
}

#[derive(Default)]
struct Numeros {
    dernier: u64,
    /// The first is being served.
    en_ligne: VecDeque<u64>,
}

/// The place of whoever is being served, given up when it is dropped.
pub(super) struct Servi<'a>(&'a Tour);

impl Tour {
    /// Waits for one's turn, until `limite`; none when it did not come.
    pub fn attendre(&self, limite: Instant) -> Option<Servi<'_>> {
        let mut numeros = self.numeros.lock().unwrap_or_else(PoisonError::into_inner);
        numeros.dernier += 1;
        let moi = numeros.dernier;
        numeros.en_ligne.push_back(moi);
        let attente = limite.saturating_duration_since(Instant::now());
        let (mut numeros, _) = self
            .appel
            .wait_timeout_while(numeros, attente, |n| n.en_ligne.front() != Some(&moi))
            .unwrap_or_else(PoisonError::into_inner);
        if numeros.en_ligne.front() == Some(&moi) {
            return Some(Servi(self));
        }
        numeros.en_ligne.retain(|numero| *numero != moi);
        None
    }
}

impl Drop for Servi<'_> {
    fn drop(&mut self) {
        let mut numeros = self
            .0
            .numeros
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        numeros.en_ligne.pop_front();
        drop(numeros);
        self.0.appel.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bientot() -> Instant {
        Instant::now() + Duration::from_secs(20)
    }

    /// Waits until so many stand in line, the one who is served included.
    fn en_ligne(tour: &Tour, nombre: usize) {
        while tour.numeros.lock().expect("the line").en_ligne.len() < nombre {
            std::thread::yield_now();
        }
    }

    #[test]
    fn whoever_writes_again_at_once_waits_for_who_came_before() {
        let tour = Arc::new(Tour::default());
        let ordre = Arc::new(Mutex::new(Vec::new()));
        let premier = tour.attendre(bientot()).expect("nobody is before");
        let second = {
            let (tour, ordre) = (tour.clone(), ordre.clone());
            std::thread::spawn(move || {
                let _servi = tour.attendre(bientot()).expect("a turn");
                ordre.lock().expect("the order").push("who waited");
            })
        };
        en_ligne(&tour, 2);
        drop(premier);
        let _servi = tour.attendre(bientot()).expect("a turn");
        ordre.lock().expect("the order").push("who came back");
        second.join().expect("served");
        assert_eq!(
            *ordre.lock().expect("the order"),
            ["who waited", "who came back"]
        );
    }

    #[test]
    fn who_gives_up_leaves_the_line() {
        let tour = Tour::default();
        let premier = tour.attendre(bientot()).expect("nobody is before");
        assert!(tour.attendre(Instant::now()).is_none());
        drop(premier);
        assert!(tour.attendre(Instant::now()).is_some());
    }
}
