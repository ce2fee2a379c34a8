//! What Relève does by itself: sends the mails that were queued, and once a day looks at the deadlines.

pub mod courrier;
pub mod quotidien;
pub mod reglement;

use std::time::Duration;

use chrono::{NaiveDate, Timelike};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::actions::{Acte, Acteur, ActionError, ActionResult};
use crate::app::AppState;
use crate::clock;

/// Looks at the outbox at least this often: retries become due without anybody writing.
const CADENCE: Duration = Duration::from_secs(5);
/// After a round without any relay: its mails are put off one minute, the others need not follow.
const RELAIS_ABSENT: Duration = Duration::from_secs(60);
/// Lets a burst of commits become one round.
const RAFALE: Duration = Duration::from_millis(100);
/// The daily tick waits for the morning, in Paris: nobody is reminded at night.
const MATIN: u32 = 6;

/// Works until `arret` says so; what is on its way is finished first.
pub async fn veiller(etat: AppState, mut arret: watch::Receiver<bool>) {
    let mut fait_le: Option<NaiveDate> = None;
    while !*arret.borrow() {
        journee(&etat, &mut fait_le).await;
        let pause = match courrier::tournee_jusqu_a(&etat, &|| *arret.borrow()).await {
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

/// The daily tick, if it is morning and it was not done today; a failure is tried again at the next turn.
async fn journee(etat: &AppState, fait_le: &mut Option<NaiveDate>) {
    let local = clock::a_paris(etat.clock.now());
    if local.hour() < MATIN || *fait_le == Some(local.date()) {
        return;
    }
    match tic(etat).await {
        Ok(bilan) => {
            tracing::info!(?bilan, "daily tick done");
            *fait_le = Some(local.date());
        }
        Err(erreur) => tracing::error!(error = %erreur, "the daily tick failed"),
    }
}

/// One daily tick, now.
///
/// # Errors
/// As [`quotidien::passer`].
pub async fn tic(etat: &AppState) -> ActionResult<quotidien::Bilan> {
    let etat = etat.clone();
    let passage = move || {
        // What another process approved yesterday applies today.
        etat.recharger_reglement()?;
        let acte = Acte {
            acteur: Acteur::releve(etat.clock.now()),
            reglement: etat.reglement(),
            url_publique: etat.config.url_publique.clone(),
        };
        quotidien::passer(&etat.db, &acte)
    };
    match tokio::task::spawn_blocking(passage).await {
        Ok(resultat) => resultat,
        Err(erreur) => Err(ActionError::Regle(erreur.to_string())),
    }
}
