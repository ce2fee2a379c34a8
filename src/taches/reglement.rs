//! What another process approved or imported: read again at short intervals, so that every server applies the same values.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

use crate::app::AppState;

/// A value takes effect the day after its approval at the earliest: a few seconds late is early enough.
const CADENCE: Duration = Duration::from_secs(10);

/// Follows the approved values, and the age of the reference data, until `arret` says so.
pub async fn suivre(etat: AppState, mut arret: watch::Receiver<bool>) {
    while !*arret.borrow() {
        tokio::select! {
            () = sleep(CADENCE) => relire(&etat).await,
            _ = arret.changed() => {}
        }
    }
}

async fn relire(etat: &AppState) {
    let lecteur = etat.clone();
    let lecture = move || {
        lecteur.recharger_donnees()?;
        lecteur.recharger_reglement()
    };
    match tokio::task::spawn_blocking(lecture).await {
        Ok(Ok(true)) => {
            tracing::info!(version = etat.reglement().version(), "parameters reloaded")
        }
        Ok(Ok(false)) => {}
        Ok(Err(erreur)) => tracing::error!(error = %erreur, "the parameters could not be read"),
        Err(erreur) => tracing::error!(error = %erreur, "the parameters could not be read"),
    }
}
