//! `releve generer`, for benches.

use super::{Echec, migrate, sortie};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{self, Db, caisse};
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
    let base = Db::open_a_remplir(&config.database).map_err(Echec::refus)?;
    // Nothing that is kept is filled this way: a machine that stops half-way would leave it broken.
    if !base.read(caisse::tous).map_err(Echec::refus)?.is_empty() {
        return Err(Echec::refus(
            "La base contient déjà des caisses : donnez l’adresse d’une base vide.",
        ));
    }
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
