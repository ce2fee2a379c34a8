//! The search words that wait to be written again: after a migration, or once a commune took another name.

use crate::app::AppState;
use crate::db::{Db, DbResult, mots};

/// Files whose words are written in one transaction.
const LOT: i64 = 100;

/// Writes the words that wait, a few files at a time: others write in between, and a crash loses nothing.
pub fn rattraper(db: &Db) -> DbResult<usize> {
    let mut faits = 0;
    while db.read(mots::attend)? {
        faits += db.write(|tx| mots::refaire(tx, LOT))?;
    }
    Ok(faits)
}

/// The same, off the async threads; what fails is tried again at the next turn.
pub async fn passer(etat: &AppState) {
    let db = etat.db.clone();
    match tokio::task::spawn_blocking(move || rattraper(&db)).await {
        Ok(Ok(0)) => {}
        Ok(Ok(faits)) => tracing::info!(faits, "search words written again"),
        Ok(Err(erreur)) => tracing::error!(error = %erreur, "search words were not written"),
        Err(erreur) => tracing::error!(error = %erreur, "search words were not written"),
    }
}
