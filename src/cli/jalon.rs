//! `releve jalon`

use std::path::PathBuf;

use super::{Echec, serve, sortie};
use crate::actions::jalon;
use crate::app::AppState;
use crate::clock::Clock;
use crate::config::Config;

/// What else to do.
#[derive(clap::Args)]
pub struct Options {
    /// Écrit aussi le jalon dans ce fichier, à garder hors d’atteinte de qui administre la base.
    #[arg(long, value_name = "FICHIER")]
    exporter: Option<PathBuf>,
}

/// Signs the state of every chain of events now, and prints the signed note.
pub fn run(config: Config, options: &Options) -> Result<(), Echec> {
    serve::a_jour(&config)?;
    let etat = AppState::open(config, Clock::System).map_err(Echec::refus)?;
    let signe =
        jalon::poser(&etat.db, &etat.cle_du_journal, etat.clock.now()).map_err(Echec::refus)?;
    if let Some(fichier) = &options.exporter {
        let exporte = etat.db.read(jalon::exporter).map_err(Echec::refus)?;
        let json = serde_json::to_string_pretty(&exporte).map_err(Echec::refus)?;
        std::fs::write(fichier, json).map_err(|e| {
            Echec::refus(format!(
                "Le fichier {} ne s’écrit pas : {e}.",
                fichier.display()
            ))
        })?;
    }
    sortie::ligne(signe.note);
    sortie::ligne(format_args!(
        "Clé de vérification : {}",
        etat.cle_du_journal.publique()
    ));
    Ok(())
}
