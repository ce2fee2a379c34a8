//! Carries tasks, whatever their nature. A task is claimed in one short transaction, done outside any, concluded in
//! another.
//!
//! Nothing is done twice: what may have been done is declared uncertain and waits for a person.

use chrono::{NaiveDateTime, TimeDelta};
use futures_util::future::join_all;
use tokio::sync::Mutex;

use crate::app::AppState;
use crate::db::tache::{self, Issue, NatureTache, Tache};
use crate::db::{Db, DbError, DbResult, WriteTx};

/// Waits after each temporary failure, in minutes; then the task has failed.
const ATTENTES: [i64; 6] = [1, 5, 15, 60, 4 * 60, 12 * 60];

/// What a try of a task answered.
pub(super) enum Essai {
    /// Done.
    Fait,
    /// To be tried later.
    Passager(String),
    /// What this nature needs answers nobody: to be tried later, and so is the rest.
    Empeche(String),
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

    /// Tries once; the log names the task, never a person.
    async fn faire(&mut self, travail: Self::Travail) -> Essai;

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
            Issue::Reportee(..) => &mut self.reportees,
            Issue::Echec(_) => &mut self.echecs,
            Issue::Incertaine(_) => &mut self.incertaines,
        } += 1;
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
    let (interrompues, dues) = bloquer(move || {
        let oubliees = db.read(|conn| tache::a_abandonner(conn, P::NATURE, avant))?;
        let interrompues = if oubliees {
            db.write(|tx| tache::abandonner(tx, P::NATURE, avant, now))?
        } else {
            0
        };
        let dues = db.read(|conn| tache::dues(conn, P::NATURE, now, P::VOIES))?;
        Ok((interrompues, dues))
    })
    .await?;
    if interrompues > 0 {
        tracing::warn!(
            nature = P::NATURE.as_str(),
            interrompues,
            "tasks left by a dead process are uncertain"
        );
    }
    bilan.incertaines += interrompues;
    // The round never holds more than one connection to the database: visitors come first.
    let guichet = Mutex::new(etat.db.clone());
    let voies = (0..dues).map(|_| porter(etat, &guichet, arret, ouvrir()));
    for fini in join_all(voies).await {
        bilan.ajouter(fini?);
    }
    Ok(bilan)
}

/// Does tasks one after the other until none is due, or what they need does not answer.
async fn porter<P: Porteur>(
    etat: &AppState,
    guichet: &Mutex<Db>,
    arret: &dyn Fn() -> bool,
    mut porteur: P,
) -> DbResult<Bilan> {
    let mut bilan = Bilan::default();
    let mut finie: Option<(Tache, Issue)> = None;
    loop {
        let now = etat.clock.now();
        let finie_avant = finie.take();
        let encore = !bilan.empeche && !arret();
        // Concluding a task and claiming the next is one transaction.
        let suivante = {
            let db = guichet.lock().await;
            let db = db.clone();
            bloquer(move || {
                db.write(|tx| {
                    if let Some((tache, issue)) = &finie_avant {
                        conclure(tx, tache, issue, now)?;
                    }
                    if encore {
                        reclamer::<P>(tx, now)
                    } else {
                        Ok(None)
                    }
                })
            })
            .await?
        };
        let Some((tache, travail)) = suivante else {
            break;
        };
        let essai = porteur.faire(travail).await;
        bilan.empeche = matches!(essai, Essai::Empeche(_));
        let issue = decider(essai, tache.tentatives, etat.clock.now());
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
) -> DbResult<Option<(Tache, P::Travail)>> {
    let Some(tache) = tache::reclamer(tx, P::NATURE, now)? else {
        return Ok(None);
    };
    let travail = P::lire(tx, tache.id)?;
    Ok(Some((tache, travail)))
}

/// What to do of a task after its `tentatives`-th try.
fn decider(essai: Essai, tentatives: i32, now: NaiveDateTime) -> Issue {
    match essai {
        Essai::Fait => Issue::Faite,
        Essai::Definitif(cause) => Issue::Echec(cause),
        Essai::Incertain(cause) => Issue::Incertaine(cause),
        Essai::Passager(cause) | Essai::Empeche(cause) => {
            let rang = usize::try_from(tentatives - 1).unwrap_or(0);
            match ATTENTES.get(rang) {
                Some(minutes) => Issue::Reportee(now + TimeDelta::minutes(*minutes), cause),
                None => Issue::Echec(cause),
            }
        }
    }
}

fn journaliser(nature: NatureTache, tache: &Tache, issue: &Issue) {
    let (nature, id, tentatives) = (nature.as_str(), tache.id, tache.tentatives);
    match issue {
        Issue::Faite => tracing::debug!(nature, id, tentatives, "task done"),
        Issue::Reportee(quand, _) => {
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
