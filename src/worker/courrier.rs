//! Empties the outbox. A mail is claimed in one short transaction, sent outside any, concluded in another.
//!
//! A mail is never sent twice: what may have left is declared uncertain and waits for a person.

use chrono::{NaiveDateTime, TimeDelta};
use futures_util::future::join_all;
use tokio::sync::Mutex;

use crate::app::AppState;
use crate::db::courriel::{self, CourrielStocke, Issue};
use crate::db::{Db, DbError, DbResult};
use crate::mail::{Courriel, MailError};

/// Connections to the relay at once.
pub const LIAISONS: i64 = 32;
/// A claim older than this belongs to a dead process: a single mail takes five minutes at most.
const RECLAMATION_MINUTES: i64 = 10;
/// Waits after each temporary failure, in minutes; then the mail has failed.
const ATTENTES: [i64; 6] = [1, 5, 15, 60, 4 * 60, 12 * 60];

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bilan {
    /// Taken by the relay.
    pub envoyes: usize,
    /// To be tried later.
    pub reportes: usize,
    /// Failed for good.
    pub echecs: usize,
    /// Perhaps taken by the relay.
    pub incertains: usize,
    /// No relay answered: the round was cut short.
    pub relais_absent: bool,
}

impl Bilan {
    fn ajouter(&mut self, autre: Bilan) {
        self.envoyes += autre.envoyes;
        self.reportes += autre.reportes;
        self.echecs += autre.echecs;
        self.incertains += autre.incertains;
        self.relais_absent |= autre.relais_absent;
    }

    fn compter(&mut self, issue: &Issue) {
        *match issue {
            Issue::Envoye => &mut self.envoyes,
            Issue::Reporte(..) => &mut self.reportes,
            Issue::Echec(_) => &mut self.echecs,
            Issue::Incertain(_) => &mut self.incertains,
        } += 1;
    }
}

/// Sends everything that is due now, on as many connections as there are mails, up to [`LIAISONS`].
///
/// # Errors
/// The database; a mail that cannot be sent is not an error.
pub async fn tournee(etat: &AppState) -> DbResult<Bilan> {
    tournee_jusqu_a(etat, &|| false).await
}

/// The same round, which claims nothing more once `arret` says so: what is on its way is finished.
///
/// # Errors
/// As [`tournee`].
pub async fn tournee_jusqu_a(etat: &AppState, arret: &dyn Fn() -> bool) -> DbResult<Bilan> {
    let now = etat.clock.now();
    let avant = now - TimeDelta::minutes(RECLAMATION_MINUTES);
    let mut bilan = Bilan::default();
    let db = etat.db.clone();
    let (interrompus, dus) = bloquer(move || {
        let oublies = db.read(|conn| courriel::a_abandonner(conn, avant))?;
        let interrompus = if oublies {
            db.write(|tx| courriel::abandonner(tx, avant))?
        } else {
            0
        };
        let dus = db.read(|conn| courriel::dus(conn, now, LIAISONS))?;
        Ok((interrompus, dus))
    })
    .await?;
    if interrompus > 0 {
        tracing::warn!(interrompus, "mails left by a dead process are uncertain");
    }
    bilan.incertains += interrompus;
    // The round never holds more than one connection to the database: visitors come first.
    let guichet = Mutex::new(etat.db.clone());
    for fini in join_all((0..dus).map(|_| porter(etat, &guichet, arret))).await {
        bilan.ajouter(fini?);
    }
    Ok(bilan)
}

/// Carries mails one after the other on one connection until none is due, or no relay answers.
async fn porter(etat: &AppState, guichet: &Mutex<Db>, arret: &dyn Fn() -> bool) -> DbResult<Bilan> {
    let mut bilan = Bilan::default();
    let mut tournee = etat.facteur.tournee();
    let mut fini: Option<(i64, Issue)> = None;
    loop {
        let now = etat.clock.now();
        let issue = fini.take();
        let encore = !bilan.relais_absent && !arret();
        // Concluding a mail and claiming the next is one transaction.
        let suivant = {
            let db = guichet.lock().await;
            let db = db.clone();
            bloquer(move || {
                db.write(|tx| {
                    if let Some((id, issue)) = &issue {
                        courriel::conclure(tx, *id, issue, now)?;
                    }
                    if encore {
                        courriel::reclamer(tx, now)
                    } else {
                        Ok(None)
                    }
                })
            })
            .await?
        };
        let Some(suivant) = suivant else { break };
        let resultat = tournee.envoyer(&courriel_de(&suivant)).await;
        bilan.relais_absent = matches!(resultat, Err(MailError::Relais(_)));
        let issue = decider(resultat, suivant.tentatives, etat.clock.now());
        journaliser(&suivant, &issue);
        bilan.compter(&issue);
        fini = Some((suivant.id, issue));
    }
    tournee.finir().await;
    Ok(bilan)
}

/// What to do of a mail after its `tentatives`-th try.
pub fn decider(resultat: Result<(), MailError>, tentatives: i32, now: NaiveDateTime) -> Issue {
    match resultat {
        Ok(()) => Issue::Envoye,
        Err(MailError::Definitif(cause)) => Issue::Echec(cause),
        Err(MailError::Incertain(cause)) => Issue::Incertain(cause),
        Err(MailError::Passager(cause) | MailError::Relais(cause) | MailError::Reglage(cause)) => {
            let rang = usize::try_from(tentatives - 1).unwrap_or(0);
            match ATTENTES.get(rang) {
                Some(minutes) => Issue::Reporte(now + TimeDelta::minutes(*minutes), cause),
                None => Issue::Echec(cause),
            }
        }
    }
}

fn courriel_de(stocke: &CourrielStocke) -> Courriel {
    Courriel {
        // The same at each try: a recipient's server can recognise a mail that it already has.
        identifiant: format!("{}.{}", stocke.id, stocke.cree_le.format("%Y%m%d%H%M%S%6f")),
        destinataire: stocke.destinataire.clone(),
        sujet: stocke.sujet.clone(),
        texte: stocke.texte.clone(),
        html: stocke.html.clone(),
        ecrit_le: stocke.cree_le,
    }
}

/// The log names the mail, never its recipient nor what it says.
fn journaliser(courriel: &CourrielStocke, issue: &Issue) {
    let (id, modele, tentatives) = (courriel.id, &courriel.modele, courriel.tentatives);
    match issue {
        Issue::Envoye => tracing::debug!(id, modele, tentatives, "mail sent"),
        Issue::Reporte(quand, _) => tracing::info!(id, modele, tentatives, %quand, "mail put off"),
        Issue::Echec(_) => tracing::warn!(id, modele, tentatives, "mail failed"),
        Issue::Incertain(_) => tracing::warn!(id, modele, tentatives, "mail uncertain"),
    }
}

/// Runs database work off the async threads.
pub(super) async fn bloquer<T: Send + 'static>(
    f: impl FnOnce() -> DbResult<T> + Send + 'static,
) -> DbResult<T> {
    match tokio::task::spawn_blocking(f).await {
        Ok(resultat) => resultat,
        Err(erreur) => Err(DbError::Connexion(erreur.to_string())),
    }
}
