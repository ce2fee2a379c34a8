//! `releve generer`, for benches.

use super::{Echec, migrate, sortie};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{self, Db};
use crate::dev::{self, Taille};

/// Size of the data set.
#[derive(clap::Args)]
pub struct Options {
    /// Nombre de CPAM.
    #[arg(long, default_value_t = 100)]
    caisses: u32,
    /// Nombre de demandes.
    #[arg(long, default_value_t = 200_000)]
    demandes: u32,
    /// Graine : la même donne les mêmes données.
    #[arg(long, default_value_t = 1)]
    graine: u64,
}

/// Migrates the database and fills it.
pub fn run(config: &Config, options: &Options) -> Result<(), Echec> {
    migrate::preparer_dossier(config)?;
    db::migrate(&config.database).map_err(Echec::refus)?;
    let base = Db::open(&config.database, 1, config.patience).map_err(Echec::refus)?;
    let taille = Taille {
        caisses: options.caisses,
        demandes: options.demandes,
        graine: options.graine,
    };
    dev::generer(&base, taille, Clock::System.now()).map_err(Echec::refus)?;
    sortie::ligne(format_args!(
        "{} CPAM et {} demandes.",
        options.caisses, options.demandes
    ));
    Ok(())
}
