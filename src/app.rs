//! Wiring shared by the binary and the tests.

mod donnees;
mod reglements;

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::{App, HttpServer, web};
use chrono::NaiveDate;
use preuve::CleSecrete;
use regles::reglement::Reglement;
use tokio::sync::Semaphore;

use crate::actions::verification::Temoins;
use crate::actions::{self, ActionError, ActionResult};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, DbError};
use crate::disque::Disque;
use crate::impression::{self, Imprimeur};
use crate::mail::Facteur;
use crate::pieces::Depot;
use crate::web::corps::Reserve;
use crate::web::journal::Trace;
use crate::web::limite::{Delais, Limites};
use crate::web::{acces, erreur, routes};
use donnees::DateDesDonnees;
use reglements::Reglements;

/// What the bodies of requests hold in memory together, in bytes.
const CORPS_MAX: usize = 64 * 1024 * 1024;

/// All that a request may need; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The settings.
    pub config: Arc<Config>,
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// Signs the jalons of the journal.
    pub cle_du_journal: Arc<CleSecrete>,
    /// The dated parameters.
    reglements: Reglements,
    /// How old the reference data is.
    donnees: DateDesDonnees,
    /// Where documents are stored.
    pub pieces: Depot,
    /// The room left for them.
    pub disque: Disque,
    /// Sends mails.
    pub facteur: Facteur,
    /// Prints letters.
    pub imprimeur: Arc<dyn Imprimeur>,
    /// Bounds the letters that are printed at once for who waits to see them.
    pub apercus: Arc<Semaphore>,
    /// Bounds the password hashes computed at once: each takes 19 MiB and a core.
    pub hachages: Arc<Semaphore>,
    /// Bounds the threads that evaluate for the API, which are not those of the pages.
    pub evaluations: Arc<Semaphore>,
    /// The memory that the bodies of requests share.
    pub corps: Reserve,
    /// How often one address may try.
    pub limites: Arc<Limites>,
    /// How long a visitor may make the server wait.
    pub delais: Delais,
}

/// What keeps the application from starting.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database does not answer.
    #[error("La base de données ne répond pas : {0}")]
    Db(#[from] DbError),
    /// The parameters, shipped and approved, do not hold together.
    #[error("Les paramètres du règlement sont refusés : {0}")]
    Reglement(#[from] ActionError),
    /// The address that people type cannot name the key of the journal.
    #[error("La clé du journal ne se prépare pas : {0}")]
    Cle(ActionError),
    /// The document store cannot be opened.
    #[error("Le dépôt des pièces ne s’ouvre pas : {0}")]
    Pieces(#[from] crate::pieces::PieceError),
    /// The mail transport cannot be built.
    #[error("L’envoi de courriels ne se prépare pas : {0}")]
    Mail(#[from] crate::mail::MailError),
    /// The address cannot be listened on.
    #[error("L’adresse d’écoute est refusée : {0}")]
    Io(#[from] std::io::Error),
}

impl AppState {
    /// Opens what the settings name.
    ///
    /// # Errors
    /// [`StartError`]: what cannot be opened.
    pub fn open(config: Config, clock: Clock) -> Result<AppState, StartError> {
        let db = Db::open(&config.database, config.pool, config.patience)?;
        let reglements = Reglements::open(&db)?;
        let donnees = DateDesDonnees::open(&db)?;
        let pieces = Depot::open(&config.pieces)?;
        let facteur = Facteur::open(&config.courriel, &config.expediteur)?;
        let cle = actions::jalon::cle(&config).map_err(StartError::Cle)?;
        let disque = Disque::new(&config);
        let limites = Arc::new(Limites::new(config.envois));
        Ok(AppState {
            config: Arc::new(config),
            db,
            clock,
            cle_du_journal: Arc::new(cle),
            reglements,
            donnees,
            pieces,
            disque,
            facteur,
            imprimeur: impression::de_ce_programme(),
            apercus: Arc::new(Semaphore::new(2)),
            hachages: Arc::new(Semaphore::new(2)),
            evaluations: Arc::new(Semaphore::new(2)),
            corps: Reserve::new(CORPS_MAX),
            limites,
            delais: Delais::default(),
        })
    }

    /// What the journal is verified with: its key, and no jalon kept elsewhere.
    pub fn temoins(&self) -> Temoins {
        Temoins {
            cle: self.cle_du_journal.publique(),
            ailleurs: Vec::new(),
        }
    }

    /// The same for what Relève does by itself: see [`Db::de_fond`].
    pub fn de_fond(&self) -> Result<AppState, DbError> {
        Ok(AppState {
            db: self.db.de_fond()?,
            ..self.clone()
        })
    }

    /// The dated parameters of this installation, as known now: taken once for a whole act, so that it is done
    /// under one set of values.
    pub fn reglement(&self) -> Arc<Reglement> {
        self.reglements.actuel()
    }

    /// The parameters shipped with the program: those of the evaluation contract.
    pub fn reglement_livre(&self) -> Arc<Reglement> {
        self.reglements.livre()
    }

    /// Reads again the values approved in the database; `true` when they changed since.
    ///
    /// # Errors
    /// The database does not answer, or the values do not hold together: those known stay.
    pub fn recharger_reglement(&self) -> ActionResult<bool> {
        self.reglements.recharger(&self.db)
    }

    /// The day (in Paris) of the last import of reference data; none before the first.
    pub fn donnees_du(&self) -> Option<NaiveDate> {
        self.donnees.lire()
    }

    /// Reads that day again: an import is another process.
    ///
    /// # Errors
    /// The database does not answer: the day known stays.
    pub fn recharger_donnees(&self) -> Result<(), DbError> {
        self.donnees.relire(&self.db)
    }
}

/// Threads, beside each that accepts requests, for what is slow without the database, which has its own: files,
/// password hashes, spreadsheets.
const HORS_BASE: usize = 4;

/// Serves the application on a listener already bound. `workers`: threads that accept requests.
///
/// # Errors
/// The listener cannot be used.
pub fn server(state: AppState, listener: TcpListener, workers: usize) -> std::io::Result<Server> {
    let data = web::Data::new(state);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(data.clone())
            .app_data(web::PathConfig::default().error_handler(erreur::chemin_illisible))
            .app_data(web::QueryConfig::default().error_handler(erreur::requete_illisible))
            .wrap(actix_web::middleware::from_fn(acces::controler))
            .wrap(tracing_actix_web::TracingLogger::<Trace>::new())
            .configure(routes::configure)
            .default_service(web::to(erreur::absente))
    })
    .workers(workers)
    .worker_max_blocking_threads(HORS_BASE)
    .shutdown_timeout(10)
    .keep_alive(Duration::from_secs(30))
    .tcp_nodelay(true)
    .listen(listener)?
    .run();
    Ok(server)
}
