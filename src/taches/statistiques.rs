//! The figures of every CPAM together: counted here once an hour, so that their page reads one row however many files
//! there are.

use chrono::NaiveDateTime;
use regles::statistique::{PERIODES, debut};

use crate::app::AppState;
use crate::clock::jour_a_paris;
use crate::db::{Db, DbResult, statistique_nationale};

/// Counts the figures of each period. The counting only reads: nobody who writes waits for it.
pub fn relever(db: &Db, maintenant: NaiveDateTime) -> DbResult<()> {
    for mois in PERIODES {
        let du = debut(jour_a_paris(maintenant), mois);
        let figures = db.read(|conn| statistique_nationale::compter(conn, None, du))?;
        let mois = i32::try_from(mois).unwrap_or(i32::MAX);
        db.write(|tx| statistique_nationale::garder(tx, mois, du, maintenant, &figures))?;
    }
    Ok(())
}

/// The same, off the async threads; whether it was done.
pub async fn passer(etat: &AppState) -> bool {
    let (db, maintenant) = (etat.db.clone(), etat.clock.now());
    match tokio::task::spawn_blocking(move || relever(&db, maintenant)).await {
        Ok(Ok(())) => true,
        Ok(Err(erreur)) => {
            tracing::error!(error = %erreur, "the national figures were not counted");
            false
        }
        Err(erreur) => {
            tracing::error!(error = %erreur, "the national figures were not counted");
            false
        }
    }
}
