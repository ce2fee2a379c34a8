//! `releve migrate`

use super::{Echec, sortie};
use crate::config::Config;
use crate::db;

/// Applies the missing migrations and lists them.
pub fn run(config: &Config) -> Result<(), Echec> {
    preparer_dossier(config)?;
    let faites = db::migrate(&config.database).map_err(Echec::refus)?;
    if faites.is_empty() {
        sortie::ligne(format_args!("La base est à jour."));
    }
    for nom in faites {
        sortie::ligne(format_args!("Migration appliquée : {nom}"));
    }
    Ok(())
}

/// Makes the folder of a SQLite file.
pub fn preparer_dossier(config: &Config) -> Result<(), Echec> {
    let db::dialect::DatabaseUrl::Sqlite(chemin) = &config.database else {
        return Ok(());
    };
    match std::path::Path::new(chemin).parent() {
        Some(dossier) if !dossier.as_os_str().is_empty() => std::fs::create_dir_all(dossier)
            .map_err(|e| {
                Echec::refus(format!(
                    "Le dossier {} ne se crée pas : {e}.",
                    dossier.display()
                ))
            }),
        _ => Ok(()),
    }
}
