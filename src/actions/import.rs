//! Importing reference data: read, check, preview, then write out of sight and apply at once.
//!
//! A file is applied whole or not at all, and nobody waits for it: rows are written in
//! batches, one short transaction each, where nobody sees them; one last short transaction
//! makes them count. A crash in between leaves only rows that never counted, which the next
//! import removes.

mod apercu;
mod caisses;
mod communes;
mod controle;
mod tribunaux;
mod zonage;

use std::time::Duration;

pub use apercu::{ApercuZonage, Changement, Repartition};
pub use caisses::caisses;
pub use communes::communes;
pub use controle::{deplace, pour_cent};
pub use tribunaux::tribunaux;
pub use zonage::{DescriptionArrete, zonage};

use regles::evenement::LignesImportees;
use regles::reglement::ReglementError;

use crate::actions::Acteur;
use crate::db::dialect::DatabaseUrl;
use crate::db::{Db, DbError, WriteTx};
use crate::import::rapport::{Compte, Rapport};
use crate::import::table::TableError;

/// Rows written in one transaction.
pub const LOT: usize = 2_000;

/// Why an import was not applied.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file could not be read as a table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The file has errors: they are in the report, and nothing was written.
    #[error("le fichier est refusé : rien n’est enregistré")]
    Refuse(Box<Rapport>),
    /// Stopped between two batches: what was already prepared does not count.
    #[error("import interrompu : rien n’est enregistré")]
    Interrompu,
    /// Another import of the same data replaced the rows being prepared.
    #[error("un autre import des mêmes données est en cours : rien n’est enregistré, recommencez")]
    Concurrent,
    /// A parameter of the rules is missing.
    #[error(transparent)]
    Reglement(#[from] ReglementError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Told how far an import is; may stop it between two batches.
pub trait Avancement {
    /// A step begins, of so many rows.
    fn etape(&self, nom: &str, total: usize);

    /// So many more rows are written.
    ///
    /// # Errors
    /// [`ImportError::Interrompu`] to stop here.
    fn avancer(&self, lignes: usize) -> Result<(), ImportError>;

    /// The step is over.
    fn fin(&self);
}

/// Says nothing and stops nothing.
#[derive(Debug, Clone, Copy)]
pub struct Silencieux;

impl Avancement for Silencieux {
    fn etape(&self, _nom: &str, _total: usize) {}

    fn avancer(&self, _lignes: usize) -> Result<(), ImportError> {
        Ok(())
    }

    fn fin(&self) {}
}

/// Who imports, where and when.
pub struct Contexte<'a> {
    /// The database.
    pub db: &'a Db,
    /// Who imports, and when.
    pub acteur: &'a Acteur,
    /// The sheet to read, where the file is a workbook; the first one otherwise.
    pub feuille: Option<&'a str>,
    /// Check and compare, write nothing.
    pub simuler: bool,
    /// Told how far the import is.
    pub avancement: &'a dyn Avancement,
}

/// What became of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    /// Only previewed.
    Simule,
    /// Already stored as it is: nothing changed.
    Inchange,
    /// Applied.
    Enregistre,
}

/// What an import did, or would do.
#[derive(Debug)]
pub struct Bilan {
    /// Oddities of the file.
    pub rapport: Rapport,
    /// Comparison with what was stored.
    pub compte: Compte,
    /// For a zonage: what changes of category.
    pub apercu: Option<ApercuZonage>,
    /// What became of it.
    pub issue: Issue,
    /// Write transactions it took.
    pub transactions: usize,
}

impl Bilan {
    fn sans_ecrire(rapport: Rapport, compte: Compte, issue: Issue) -> Self {
        Self {
            rapport,
            compte,
            apercu: None,
            issue,
            transactions: 0,
        }
    }
}

/// Refuses a file whose report has errors.
fn accepter(rapport: Rapport) -> Result<Rapport, ImportError> {
    if rapport.est_accepte() {
        Ok(rapport)
    } else {
        Err(ImportError::Refuse(Box::new(rapport)))
    }
}

/// Runs one write per batch, each in a transaction of its own, leaving room for other writers
/// in between. Returns the number of transactions.
fn par_lots<T>(
    contexte: &Contexte<'_>,
    rows: &[T],
    write: impl Fn(&mut WriteTx<'_>, &[T]) -> Result<(), DbError>,
) -> Result<usize, ImportError> {
    let mut transactions = 0;
    for batch in rows.chunks(LOT) {
        contexte.db.write(|tx| write(tx, batch))?;
        transactions += 1;
        contexte.avancement.avancer(batch.len())?;
        ceder(contexte.db);
    }
    Ok(transactions)
}

/// On SQLite another process that waits for the write lock polls it: without a pause it could
/// miss every gap.
fn ceder(db: &Db) {
    if matches!(db.url(), DatabaseUrl::Sqlite(_)) {
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Counts, for the journal.
fn lignes(compte: Compte) -> LignesImportees {
    LignesImportees {
        ajoutes: compte.ajoutes,
        modifies: compte.modifies,
        inchanges: compte.inchanges,
    }
}
