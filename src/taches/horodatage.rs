//! The time stamps of the jalons: asked of the authority of the settings once a jalon is taken, and again each hour until it
//! answers. Nobody waits for it.

use std::time::Duration;

use chrono::TimeDelta;
use preuve::{Horodatage, HorodatageError, demande};
use regles::evenement::Empreinte;

use crate::app::AppState;
use crate::db::jalon::{self, Jalon};
use crate::db::{DbError, DbResult};
use crate::secret;

/// A jalon without a stamp is given up after so many days: those after it stamp what it said.
const JOURS: i64 = 30;
/// How long an authority may take, and how much it may say.
const PATIENCE: Duration = Duration::from_secs(20);
const REPONSE_MAX: usize = 64 << 10;

/// Why a jalon was not stamped; for the log.
#[derive(Debug, thiserror::Error)]
enum Echec {
    #[error("the authority does not answer: {0}")]
    Reseau(#[from] reqwest::Error),
    #[error("an answer of {0} bytes or more")]
    Trop(usize),
    #[error(transparent)]
    Jeton(#[from] HorodatageError),
    #[error(transparent)]
    Base(#[from] DbError),
    #[error("a digest that does not read: {0}")]
    Empreinte(String),
}

/// Asks for the stamps that lack; how many came. What fails is tried again at the next round.
///
/// # Errors
/// The database does not answer.
pub async fn passer(etat: &AppState) -> DbResult<usize> {
    let Some(autorite) = &etat.config.horodatage else {
        return Ok(0);
    };
    let depuis = etat.clock.now() - TimeDelta::days(JOURS);
    let mut venus = 0;
    for jalon in etat.db.read(|conn| jalon::a_horodater(conn, depuis))? {
        match un(etat, autorite, &jalon).await {
            Ok(()) => venus += 1,
            Err(erreur) => {
                tracing::warn!(jalon = jalon.id, error = %erreur, "a jalon was not stamped");
                break;
            }
        }
    }
    Ok(venus)
}

async fn un(etat: &AppState, autorite: &str, jalon: &Jalon) -> Result<(), Echec> {
    let empreinte: Empreinte = secret::sha256(jalon.note.as_bytes())
        .parse()
        .map_err(Echec::Empreinte)?;
    let alea: u64 = rand::random();
    // The clients of TLS share one provider: whoever comes first names it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let mut reponse = client
        .post(autorite)
        .header("content-type", "application/timestamp-query")
        .body(demande(&empreinte, alea))
        .send()
        .await?
        .error_for_status()?;
    let mut octets = Vec::new();
    while let Some(morceau) = reponse.chunk().await? {
        octets.extend_from_slice(&morceau);
        if octets.len() > REPONSE_MAX {
            return Err(Echec::Trop(REPONSE_MAX));
        }
    }
    let horodatage = Horodatage::repondu(&octets, &empreinte, alea)?;
    etat.db
        .write(|tx| jalon::horodater(tx, jalon.id, &horodatage.jeton))?;
    Ok(())
}
