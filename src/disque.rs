//! Whether there is room left where files and the base are kept.

use std::io;
use std::path::{Path, PathBuf};

use crate::config::{Config, Depot};
use crate::db::dialect::DatabaseUrl;

/// Under this many bytes, what people send may not be kept: whoever watches over the house has to know before.
const MINIMUM: u64 = 100_000_000;

/// The folders that have to have room, and how much.
#[derive(Debug, Clone)]
pub struct Disque {
    dossiers: Vec<PathBuf>,
    /// In bytes.
    pub minimum: u64,
}

impl Disque {
    /// Where these settings keep something on this machine.
    pub fn new(config: &Config) -> Disque {
        let base = match &config.database {
            DatabaseUrl::Sqlite(fichier) => Path::new(fichier).parent().map(Path::to_owned),
            DatabaseUrl::Postgres(_) => None,
        };
        let pieces = match &config.pieces {
            Depot::Dossier(dossier) => Some(dossier.clone()),
            Depot::S3(_) => None,
        };
        Disque {
            dossiers: base
                .into_iter()
                .chain(pieces)
                .map(|d| match d.as_os_str().is_empty() {
                    true => PathBuf::from("."),
                    false => d,
                })
                .collect(),
            minimum: MINIMUM,
        }
    }

    /// The first folder that lacks room, or takes no writes.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn manque(&self) -> io::Result<Option<&Path>> {
        for dossier in &self.dossiers {
            let etat = rustix::fs::statvfs(dossier)?;
            let ferme = etat.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY);
            if ferme || etat.f_bavail.saturating_mul(etat.f_frsize) < self.minimum {
                return Ok(Some(dossier));
            }
        }
        Ok(None)
    }
}
