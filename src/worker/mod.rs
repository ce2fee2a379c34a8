//! What Relève does by itself: sends the mails that were queued, and once a day looks at the deadlines.

pub mod courrier;

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::app::AppState;

/// Looks at the outbox at least this often: retries become due without anybody writing.
const CADENCE: Duration = Duration::from_secs(5);
/// After a round without any relay: its mails are put off one minute, the others need not follow.
const RELAIS_ABSENT: Duration = Duration::from_secs(60);
/// Lets a burst of commits become one round.
const RAFALE: Duration = Duration::from_millis(100);

/// Works until `arret` says so; what is on its way is finished first.
pub async fn veiller(etat: AppState, mut arret: watch::Receiver<bool>) {
    while !*arret.borrow() {
        let pause = match courrier::tournee(&etat).await {
            Ok(bilan) if bilan.relais_absent => RELAIS_ABSENT,
            Ok(_) => CADENCE,
            Err(erreur) => {
                tracing::error!(error = %erreur, "the outbox could not be read");
                RELAIS_ABSENT
            }
        };
        let reveil = async {
            if pause == CADENCE {
                // Nobody woke us: the cadence does.
                let _ = timeout(pause, etat.db.courrier().notified()).await;
                sleep(RAFALE).await;
            } else {
                sleep(pause).await;
            }
        };
        tokio::select! {
            () = reveil => {}
            _ = arret.changed() => {}
        }
    }
}
