//! What Relève does by itself: carries the tasks that were filed, mails first of all; at the start and at midnight
//! records what has lapsed; in the morning reminds.

pub mod brouillons;
mod courriel;
mod execution;
pub mod horodatage;
mod impression;
pub mod index;
pub mod lots;
pub mod quotidien;
pub mod reglement;
mod soupcon;
pub mod statistiques;

use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use futures_util::future::join_all;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::actions::jalon;
use crate::actions::{Acte, Acteur, ActionError, ActionResult};
use crate::app::AppState;
use crate::clock;
use crate::db::tache::NatureTache;
use crate::db::{Db, DbResult};

pub use execution::Bilan;

/// Looks for tasks at least this often: retries become due without anybody writing.
const CADENCE: Duration = Duration::from_secs(5);
/// After a round that was cut short: its tasks are put off one minute, the others need not follow.
const EMPECHEE: Duration = Duration::from_secs(60);
/// Lets a burst of commits become one round.
const RAFALE: Duration = Duration::from_millis(100);
/// Reminders wait for the morning, in Paris: nobody is woken at night.
const MATIN: u32 = 6;

/// Works until `arret` says so; what is on its way is finished first.
pub async fn veiller(etat: AppState, mut arret: watch::Receiver<bool>) {
    let mut journal = Journal::default();
    if !etat.imprimeur.prete() {
        tracing::warn!(
            "this program is built without the printer (feature `imprimerie`): the letters wait for one that has it"
        );
    }
    // Beside the rest: ten thousand files must not hold back the mails.
    let reprise = tokio::spawn(lots::passer(etat.clone(), arret.clone()));
    while !*arret.borrow() {
        journee(&etat, &mut journal).await;
        index::passer(&etat).await;
        figures(&etat, &mut journal).await;
        let pause = toutes(&etat, &|| *arret.borrow()).await;
        let reveil = async {
            if pause == CADENCE {
                // Nobody woke us: the cadence does.
                let _ = timeout(pause, etat.db.taches().notified()).await;
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
    // The batch under way is committed; what remains is taken up at the next start.
    if let Err(erreur) = reprise.await {
        tracing::error!(%erreur, "the interrupted bulk acts were not taken up");
    }
}

/// A round of every nature, at once: letters that are printed hold back no mail. How long to wait before the next.
async fn toutes(etat: &AppState, arret: &dyn Fn() -> bool) -> Duration {
    let tournees = NatureTache::TOUS.iter().map(async |nature| {
        match tournee_jusqu_a(etat, *nature, arret).await {
            Ok(bilan) if bilan.empeche => EMPECHEE,
            Ok(_) => CADENCE,
            Err(erreur) => {
                tracing::error!(nature = nature.as_str(), error = %erreur, "the tasks could not be read");
                EMPECHEE
            }
        }
    });
    let pauses = join_all(tournees).await;
    pauses.into_iter().max().unwrap_or(CADENCE)
}

/// Does every task of a nature that is due now.
///
/// # Errors
/// The database; a task that cannot be done is not an error.
pub async fn tournee(etat: &AppState, nature: NatureTache) -> DbResult<Bilan> {
    tournee_jusqu_a(etat, nature, &|| false).await
}

/// The same; claims nothing more once `arret` says so. Here each nature finds who carries it.
async fn tournee_jusqu_a(
    etat: &AppState,
    nature: NatureTache,
    arret: &dyn Fn() -> bool,
) -> DbResult<Bilan> {
    match nature {
        NatureTache::Courriel => {
            execution::tournee(etat, arret, || {
                courriel::Envoi::nouveau(&etat.facteur, &etat.clock)
            })
            .await
        }
        // Without a printer, the letters wait for a program that has one.
        NatureTache::Impression if !etat.imprimeur.prete() => Ok(Bilan::default()),
        NatureTache::Impression => {
            execution::tournee(etat, arret, || impression::Impression {
                imprimeur: etat.imprimeur.clone(),
                pieces: &etat.pieces,
                db: etat.db.clone(),
                clock: &etat.clock,
            })
            .await
        }
    }
}

/// Counts the national figures, once an hour.
async fn figures(etat: &AppState, journal: &mut Journal) {
    let maintenant = etat.clock.now();
    let due = journal
        .figures
        .is_none_or(|le| maintenant - le >= TimeDelta::hours(1));
    if due && statistiques::passer(etat).await {
        journal.figures = Some(maintenant);
    }
}

/// What is done once a day, each part with the last day on which it was.
#[derive(Default)]
struct Journal {
    constats: Option<NaiveDate>,
    tic: Option<NaiveDate>,
    figures: Option<NaiveDateTime>,
    jalon: Option<NaiveDate>,
    horodatage: Option<NaiveDateTime>,
}

/// The parts of the day's work that are due and not done; a failure is tried again at the next turn.
async fn journee(etat: &AppState, journal: &mut Journal) {
    let local = clock::a_paris(etat.clock.now());
    let jour = Some(local.date());
    if journal.constats != jour {
        let constats = chaque_jour(etat, quotidien::constater).await;
        journal.constats = noter("what lapsed", constats).and(jour);
    }
    if journal.jalon != jour && jalonner(etat).await {
        journal.jalon = jour;
    }
    let maintenant = etat.clock.now();
    let due = |le| maintenant - le >= TimeDelta::hours(1);
    if journal.horodatage.is_none_or(due) {
        match horodatage::passer(etat).await {
            Ok(_) => journal.horodatage = Some(maintenant),
            Err(erreur) => tracing::error!(error = %erreur, "the time stamps were not asked for"),
        }
    }
    if local.hour() >= MATIN && journal.tic != jour {
        journal.tic = noter("daily tick", tic(etat).await).and(jour);
    }
}

fn noter(quoi: &str, resultat: ActionResult<quotidien::Bilan>) -> Option<()> {
    match resultat {
        Ok(bilan) => {
            tracing::info!(?bilan, "{quoi}: done");
            Some(())
        }
        Err(erreur) => {
            tracing::error!(error = %erreur, "{quoi}: failed");
            None
        }
    }
}

/// One daily tick, now.
///
/// # Errors
/// As [`quotidien::passer`].
pub async fn tic(etat: &AppState) -> ActionResult<quotidien::Bilan> {
    let bilan = chaque_jour(etat, quotidien::passer).await?;
    let brouillons = brouillons::passer(etat, acte(etat)).await?;
    tracing::info!(?brouillons, "drafts left alone: done");
    Ok(bilan)
}

/// The jalon of the day, off the async threads; whether it stands.
async fn jalonner(etat: &AppState) -> bool {
    let etat = etat.clone();
    let poser = move || jalon::du_jour(&etat.db, &etat.cle_du_journal, etat.clock.now());
    match tokio::task::spawn_blocking(poser).await {
        Ok(Ok(_)) => true,
        Ok(Err(erreur)) => {
            tracing::error!(error = %erreur, "the journal was not signed");
            false
        }
        Err(erreur) => {
            tracing::error!(error = %erreur, "the journal was not signed");
            false
        }
    }
}

/// What Relève does by itself, now.
fn acte(etat: &AppState) -> Acte {
    Acte {
        acteur: Acteur::releve(etat.clock.now()),
        reglement: etat.reglement(),
        url_publique: etat.config.url_publique.clone(),
    }
}

async fn chaque_jour(
    etat: &AppState,
    travail: fn(&Db, &Acte) -> ActionResult<quotidien::Bilan>,
) -> ActionResult<quotidien::Bilan> {
    let etat = etat.clone();
    let passage = move || {
        // What another process approved yesterday applies today.
        etat.recharger_reglement()?;
        travail(&etat.db, &acte(&etat))
    };
    match tokio::task::spawn_blocking(passage).await {
        Ok(resultat) => resultat,
        Err(erreur) => Err(ActionError::Regle(erreur.to_string())),
    }
}
