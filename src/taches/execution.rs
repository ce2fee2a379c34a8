//! Carries tasks, whatever their nature. A task is claimed in one short transaction, done outside any, concluded in
//! another.
//!
//! Nothing is done twice: what may have been done is declared uncertain and waits for a person. Nothing is given up for
//! what is not its own fault: when what a nature needs is absent, or refuses everybody, the round stops and the try does
//! not count.

use std::cell::{Cell, RefCell};

use chrono::{NaiveDateTime, TimeDelta};
use futures_util::future::join_all;
use tokio::sync::Mutex;

use super::soupcon::{Soupcons, Suspect, Verdict};
use crate::app::AppState;
use crate::clock::Clock;
use crate::db::tache::{self, Issue, NatureTache, Reclamee, Tache};
use crate::db::{Db, DbError, DbResult, WriteTx};

/// Waits after each temporary failure, in minutes; then the task has failed.
const ATTENTES: [i64; 6] = [1, 5, 15, 60, 4 * 60, 12 * 60];
/// Wait in minutes after a try that was no fault of the task.
const ATTENTE_COMMUNE: i64 = 1;

/// What a try of a task answered.
pub(super) enum Essai {
    /// Done.
    Fait,
    /// To be tried later.
    Passager(String),
    /// What this nature needs answers nobody, or refuses us: to be tried later, and so is the rest.
    Empeche(String),
    /// Refused for good, for a reason that may be that of all: the rest of the round tells.
    Suspect(String),
    /// Its claim was no longer the last: nothing was done, nothing is to be concluded.
    Lache,
    /// Trying again cannot help.
    Definitif(String),
    /// It may have been done: trying again could do it twice.
    Incertain(String),
}

/// Does the tasks of one nature, one after the other.
pub(super) trait Porteur {
    /// What it does.
    const NATURE: NatureTache;
    /// How many work at once, at most.
    const VOIES: i64;
    /// A claim older than this many minutes belongs to a dead process: no task of this nature takes so long.
    const BAIL: i64;
    /// What a task needs, read when it is claimed.
    type Travail: Send + 'static;

    /// Reads what a claimed task needs.
    fn lire(tx: &mut WriteTx<'_>, id: i64) -> DbResult<Self::Travail>;

    /// For whom a task is: several who are refused alike are not refused for themselves.
    fn destine(travail: &Self::Travail) -> &str;

    /// Tries once; the log names the task, never a person. `engager` is asked just before the effect leaves, and nothing
    /// leaves if it answers no.
    async fn faire(&mut self, travail: Self::Travail, engager: impl Future<Output = bool>)
    -> Essai;

    /// Ends the round.
    async fn finir(self);
}

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bilan {
    /// Done.
    pub faites: usize,
    /// To be tried later.
    pub reportees: usize,
    /// Failed for good.
    pub echecs: usize,
    /// Perhaps done.
    pub incertaines: usize,
    /// What the tasks need does not answer: the round was cut short.
    pub empeche: bool,
}

impl Bilan {
    fn ajouter(&mut self, autre: Bilan) {
        self.faites += autre.faites;
        self.reportees += autre.reportees;
        self.echecs += autre.echecs;
        self.incertaines += autre.incertaines;
        self.empeche |= autre.empeche;
    }

    fn compter(&mut self, issue: &Issue) {
        *match issue {
            Issue::Faite => &mut self.faites,
            Issue::Reportee(..) | Issue::Rendue(..) => &mut self.reportees,
            Issue::Echec(_) => &mut self.echecs,
            Issue::Incertaine(_) => &mut self.incertaines,
        } += 1;
    }
}

/// What the carriers of a round share.
struct Tour<'a> {
    /// The round never holds more than one connection to the database: visitors come first.
    guichet: Mutex<Db>,
    clock: &'a Clock,
    soupcons: RefCell<Soupcons>,
    /// Nothing more is claimed.
    arrete: Cell<bool>,
    /// What was answered when the round stopped.
    cause: RefCell<Option<String>>,
}

impl Tour<'_> {
    /// One transaction, in turn.
    async fn ecrire<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut WriteTx<'_>) -> DbResult<T> + Send + 'static,
    ) -> DbResult<T> {
        let db = self.guichet.lock().await;
        let db = db.clone();
        bloquer(move || db.write(f)).await
    }

    /// Whether the effect of a claim may leave: noted, so that a crash tells what had left from what had not.
    async fn engager(&self, (id, bail): (i64, i64)) -> bool {
        let now = self.clock.now();
        match self
            .ecrire(move |tx| tache::engager(tx, (id, bail), now))
            .await
        {
            Ok(()) => true,
            Err(DbError::Perime) => {
                tracing::warn!(id, bail, "a claim that was given up does nothing more");
                false
            }
            Err(erreur) => {
                tracing::error!(id, error = %erreur, "the task could not be engaged: nothing left");
                false
            }
        }
    }
}

/// Does everything of a nature that is due now, by as many carriers as there are tasks, up to its [`Porteur::VOIES`];
/// claims nothing more once `arret` says so: what is under way is finished.
///
/// # Errors
/// The database; a task that cannot be done is not an error.
pub(super) async fn tournee<P: Porteur>(
    etat: &AppState,
    arret: &dyn Fn() -> bool,
    ouvrir: impl Fn() -> P,
) -> DbResult<Bilan> {
    let now = etat.clock.now();
    let avant = now - TimeDelta::minutes(P::BAIL);
    let mut bilan = Bilan::default();
    let db = etat.db.clone();
    let (laissees, dues) = bloquer(move || {
        let oubliees = db.read(|conn| tache::a_abandonner(conn, P::NATURE, avant))?;
        let laissees = if oubliees {
            db.write(|tx| tache::abandonner(tx, P::NATURE, avant, now))?
        } else {
            tache::Abandonnees::default()
        };
        let dues = db.read(|conn| tache::dues(conn, P::NATURE, now, P::VOIES))?;
        Ok((laissees, dues))
    })
    .await?;
    if laissees != tache::Abandonnees::default() {
        tracing::warn!(
            nature = P::NATURE.as_str(),
            reprises = laissees.reprises,
            incertaines = laissees.incertaines,
            "a dead process left tasks: those that had not left are taken again, the others are uncertain"
        );
    }
    bilan.incertaines += laissees.incertaines;
    let tour = Tour {
        guichet: Mutex::new(etat.db.clone()),
        clock: &etat.clock,
        soupcons: RefCell::default(),
        arrete: Cell::new(false),
        cause: RefCell::default(),
    };
    let voies = (0..dues).map(|_| porter(&tour, arret, ouvrir()));
    for fini in join_all(voies).await {
        bilan.ajouter(fini?);
    }
    for (suspect, verdict) in tour.soupcons.take().juger() {
        bilan.empeche |= verdict == Verdict::Toutes;
        let issue = trancher(&tour, P::NATURE, suspect, verdict).await?;
        bilan.compter(&issue);
    }
    if bilan.empeche {
        let cause = tour.cause.take();
        tracing::error!(
            nature = P::NATURE.as_str(),
            cause = cause
                .as_deref()
                .unwrap_or("several people were refused alike"),
            "NOTHING LEAVES: what this needs does not answer or refuses us; the round stops, and its tasks wait"
        );
    }
    Ok(bilan)
}

/// Concludes a task that was refused by principle.
async fn trancher(
    tour: &Tour<'_>,
    nature: NatureTache,
    suspect: Suspect,
    verdict: Verdict,
) -> DbResult<Issue> {
    let now = tour.clock.now();
    let issue = tour
        .ecrire(move |tx| {
            let Suspect {
                tache,
                precedente,
                cause,
                ..
            } = suspect;
            let elle = match (verdict, precedente) {
                (Verdict::Elle, _) => true,
                // Tried again: others passed meanwhile, or nobody did.
                (Verdict::Inconnu, Some(avant)) => tache::faite_depuis(tx, nature, avant)?,
                (Verdict::Inconnu, None) | (Verdict::Toutes, _) => false,
            };
            let issue = if elle {
                Issue::Echec(cause)
            } else {
                Issue::Rendue(now + TimeDelta::minutes(ATTENTE_COMMUNE), cause)
            };
            journaliser(nature, &tache, &issue);
            conclure(tx, &tache, &issue, now)?;
            Ok(issue)
        })
        .await?;
    Ok(issue)
}

/// Does tasks one after the other until none is due, or what they need does not answer.
async fn porter<P: Porteur>(
    tour: &Tour<'_>,
    arret: &dyn Fn() -> bool,
    mut porteur: P,
) -> DbResult<Bilan> {
    let mut bilan = Bilan::default();
    let mut finie: Option<(Tache, Issue)> = None;
    loop {
        let now = tour.clock.now();
        let finie_avant = finie.take();
        let encore = !tour.arrete.get() && !arret();
        // Concluding a task and claiming the next is one transaction.
        let suivante = tour
            .ecrire(move |tx| {
                if let Some((tache, issue)) = &finie_avant {
                    conclure(tx, tache, issue, now)?;
                }
                if encore {
                    reclamer::<P>(tx, now)
                } else {
                    Ok(None)
                }
            })
            .await?;
        let Some((reclamee, travail)) = suivante else {
            break;
        };
        let Reclamee { tache, precedente } = reclamee;
        let pour = P::destine(&travail).to_owned();
        let engager = tour.engager((tache.id, tache.bail));
        let issue = match porteur.faire(travail, engager).await {
            Essai::Lache => continue,
            Essai::Suspect(cause) => {
                let tous = tour
                    .soupcons
                    .borrow_mut()
                    .ajouter((tache, precedente), pour, cause);
                if tous {
                    tour.arrete.set(true);
                }
                continue;
            }
            Essai::Fait => {
                tour.soupcons.borrow_mut().faite();
                Issue::Faite
            }
            Essai::Empeche(cause) => {
                bilan.empeche = true;
                tour.arrete.set(true);
                tour.cause.replace(Some(cause.clone()));
                Issue::Rendue(
                    tour.clock.now() + TimeDelta::minutes(ATTENTE_COMMUNE),
                    cause,
                )
            }
            Essai::Passager(cause) => reporter(cause, tache.tentatives, tour.clock.now()),
            Essai::Definitif(cause) => Issue::Echec(cause),
            Essai::Incertain(cause) => Issue::Incertaine(cause),
        };
        journaliser(P::NATURE, &tache, &issue);
        bilan.compter(&issue);
        finie = Some((tache, issue));
    }
    porteur.finir().await;
    Ok(bilan)
}

/// Concludes, unless this claim is no longer the last: it had been given up, and a person had the task done again.
fn conclure(
    tx: &mut WriteTx<'_>,
    tache: &Tache,
    issue: &Issue,
    now: NaiveDateTime,
) -> DbResult<()> {
    match tache::conclure(tx, (tache.id, tache.bail), issue, now) {
        Err(DbError::Perime) => {
            let (id, bail) = (tache.id, tache.bail);
            tracing::warn!(id, bail, "a claim that was given up ends too late");
            Ok(())
        }
        autre => autre,
    }
}

fn reclamer<P: Porteur>(
    tx: &mut WriteTx<'_>,
    now: NaiveDateTime,
) -> DbResult<Option<(Reclamee, P::Travail)>> {
    let Some(reclamee) = tache::reclamer(tx, P::NATURE, now)? else {
        return Ok(None);
    };
    let travail = P::lire(tx, reclamee.tache.id)?;
    Ok(Some((reclamee, travail)))
}

/// What to do of a task whose `tentatives`-th try failed for a while.
fn reporter(cause: String, tentatives: i32, now: NaiveDateTime) -> Issue {
    let rang = usize::try_from(tentatives - 1).unwrap_or(0);
    match ATTENTES.get(rang) {
        Some(minutes) => Issue::Reportee(now + TimeDelta::minutes(*minutes), cause),
        None => Issue::Echec(cause),
    }
}

fn journaliser(nature: NatureTache, tache: &Tache, issue: &Issue) {
    let (nature, id, tentatives) = (nature.as_str(), tache.id, tache.tentatives);
    match issue {
        Issue::Faite => tracing::debug!(nature, id, tentatives, "task done"),
        Issue::Reportee(quand, _) | Issue::Rendue(quand, _) => {
            tracing::info!(nature, id, tentatives, %quand, "task put off");
        }
        Issue::Echec(_) => tracing::warn!(nature, id, tentatives, "task failed"),
        Issue::Incertaine(_) => tracing::warn!(nature, id, tentatives, "task uncertain"),
    }
}

/// Runs database work off the async threads.
async fn bloquer<T: Send + 'static>(
    f: impl FnOnce() -> DbResult<T> + Send + 'static,
) -> DbResult<T> {
    match tokio::task::spawn_blocking(f).await {
        Ok(resultat) => resultat,
        Err(erreur) => Err(DbError::Connexion(erreur.to_string())),
    }
}
