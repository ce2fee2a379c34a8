//! `releve serve`

use std::net::TcpListener;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::Echec;
use crate::actions::caisse;
use crate::app::{self, AppState};
use crate::clock::{Clock, jour_a_paris};
use crate::config::{Config, Mode};
use crate::{db, taches};

/// How long an ordinary stop waits for mails on their way.
const ARRET: Duration = Duration::from_secs(20);

/// Serves until the process is asked to stop.
pub fn run(config: Config) -> Result<(), Echec> {
    a_jour(&config)?;
    journal(config.mode);
    actix_web::rt::System::new().block_on(async {
        let listener = TcpListener::bind(config.ecoute).map_err(|e| {
            Echec::refus(format!(
                "L’adresse {} ne peut pas être écoutée : {e}.",
                config.ecoute
            ))
        })?;
        println!("Relève écoute sur {}", config.url_publique);
        let etat = AppState::open(config, Clock::System).map_err(Echec::refus)?;
        signaler_les_fiches(&etat);
        servir(etat, listener).await
    })
}

/// Says in the log what the caisses where somebody works lack; nothing of it keeps the house from opening.
fn signaler_les_fiches(etat: &AppState) {
    let (reglement, jour) = (etat.reglement(), jour_a_paris(etat.clock.now()));
    match etat.db.read(|conn| caisse::toutes(conn, &reglement, jour)) {
        Err(erreur) => tracing::error!(%erreur, "the records of the caisses could not be read"),
        Ok(toutes) => {
            for p in toutes.iter().filter(|p| p.ouverte && !p.manques.is_empty()) {
                tracing::warn!(
                    caisse = p.caisse.code,
                    manques = p.liste(),
                    "this caisse is not ready to open: see /caisses"
                );
            }
        }
    }
}

/// Refuses a base whose migrations are not all applied.
pub fn a_jour(config: &Config) -> Result<(), Echec> {
    if db::migration::is_up_to_date(&config.database).map_err(Echec::refus)? {
        Ok(())
    } else {
        Err(Echec::refus(
            "La base n’est pas à jour : lancez «releve migrate», puis recommencez.",
        ))
    }
}

/// Serves the application on a listener already bound, with what the house does by itself.
pub async fn servir(state: AppState, listener: TcpListener) -> Result<(), Echec> {
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let (arret, ecoute) = watch::channel(false);
    let fond = state.de_fond().map_err(Echec::refus)?;
    let serveur = app::server(state, listener, workers).map_err(Echec::refus)?;
    actix_web::rt::spawn(taches::reglement::suivre(fond.clone(), ecoute.clone()));
    let veilleur = actix_web::rt::spawn(taches::veiller(fond, ecoute));
    let resultat = serveur.await.map_err(Echec::refus);
    // The mail on its way is finished and concluded: nothing is left uncertain by an ordinary stop.
    arret.send_replace(true);
    if timeout(ARRET, veilleur).await.is_err() {
        tracing::warn!("a mail on its way was abandoned");
    }
    resultat
}

/// Starts the log: JSON in production, readable lines elsewhere. `RUST_LOG` chooses the level.
pub fn journal(mode: Mode) {
    let filtre =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("releve=info,warn"));
    let registre = tracing_subscriber::registry().with(filtre);
    if mode == Mode::Production {
        registre
            .with(tracing_subscriber::fmt::layer().json())
            .init();
    } else {
        registre
            .with(tracing_subscriber::fmt::layer().compact())
            .init();
    }
}
