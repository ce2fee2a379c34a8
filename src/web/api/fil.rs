//! Long computations on threads of their own: those of the pages stay free.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;

use crate::web::erreur::WebError;

/// Runs `f` on a thread of its own, as many at once as `fils` allows. `None` when the answer did not come within
/// `delai`, the wait for a thread included. `f` is told by its argument whether somebody still waits.
///
/// # Errors
/// The system gives no thread, or `f` panicked.
pub async fn sur_un_fil<T: Send + 'static>(
    fils: &Arc<Semaphore>,
    delai: Duration,
    f: impl FnOnce(&dyn Fn() -> bool) -> T + Send + 'static,
) -> Result<Option<T>, WebError> {
    let calcul = async {
        let permis = fils
            .clone()
            .acquire_owned()
            .await
            .map_err(WebError::interne)?;
        let (envoi, reception) = oneshot::channel();
        thread::Builder::new()
            .name("evaluation".to_owned())
            .spawn(move || {
                let resultat = f(&|| !envoi.is_closed());
                // The permit goes with the thread, not with who waits: a computation given up still takes a core.
                drop(permis);
                if envoi.send(resultat).is_err() {
                    tracing::warn!("an evaluation was given up");
                }
            })
            .map_err(WebError::interne)?;
        reception.await.map_err(WebError::interne)
    };
    timeout(delai, calcul).await.ok().transpose()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use actix_web::web;

    use super::*;

    const LONGTEMPS: Duration = Duration::from_secs(60);

    /// A runtime like that of the pages, with one thread for what blocks.
    fn attendre<T>(f: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(1)
            .build()
            .unwrap()
            .block_on(f)
    }

    #[test]
    fn un_calcul_abandonne_le_sait_et_garde_sa_place_sans_prendre_celle_des_pages() {
        let fils = Arc::new(Semaphore::new(1));
        let (commencer, commence) = oneshot::channel();
        let (finir, fin) = mpsc::channel::<()>();
        let (dire, dit) = mpsc::channel();
        attendre(async {
            let long = sur_un_fil(&fils, LONGTEMPS, move |encore| {
                commencer.send(encore()).unwrap();
                fin.recv().unwrap();
                dire.send(encore()).unwrap();
            });
            tokio::select! {
                _ = long => panic!("it ends only when told"),
                encore = commence => assert!(encore.unwrap()),
            }
            let page = web::block(|| "page").await.unwrap();
            assert_eq!(page, "page", "the thread of the pages is free");
            let trop = sur_un_fil(&fils, Duration::from_millis(10), |_| ()).await;
            assert_eq!(
                trop.unwrap(),
                None,
                "no more threads than allowed, and no endless wait"
            );
            finir.send(()).unwrap();
            assert!(!dit.recv().unwrap(), "nobody waited for it");
            let suivant = sur_un_fil(&fils, LONGTEMPS, |encore| encore()).await;
            assert_eq!(suivant.unwrap(), Some(true));
        });
    }
}
