//! `releve migrate`

use super::{Echec, sortie};
use crate::config::Config;
use crate::{db, prive};

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

/// Makes a SQLite file and its folder, which nobody else reads.
pub fn preparer_dossier(config: &Config) -> Result<(), Echec> {
    let db::dialect::DatabaseUrl::Sqlite(chemin) = &config.database else {
        return Ok(());
    };
    let fichier = std::path::Path::new(chemin);
    if let Some(dossier) = fichier.parent().filter(|d| !d.as_os_str().is_empty()) {
        prive::dossier(dossier).map_err(|e| {
            Echec::refus(format!(
                "Le dossier {} ne se crée pas : {e}.",
                dossier.display()
            ))
        })?;
    }
    prive::fichier(fichier)
        .map_err(|e| Echec::refus(format!("La base {chemin} ne se crée pas : {e}.")))
}
