//! `releve check`

use super::{Echec, serve};
use crate::actions::verification::{self, Anomalie};
use crate::app::AppState;
use crate::clock::Clock;
use crate::config::Config;
use crate::texte;

/// Verifies the whole database and the documents; one line for each anomaly, exit code 1 if there is any.
pub fn run(config: Config) -> Result<(), Echec> {
    serve::a_jour(&config)?;
    actix_web::rt::System::new().block_on(async {
        let etat = AppState::open(config, Clock::System).map_err(Echec::refus)?;
        let mut dire = |anomalie: &Anomalie| println!("{anomalie}");
        let base = verification::base(&etat.db, &etat.reglement(), etat.clock.now(), &mut dire)
            .map_err(Echec::refus)?;
        let pieces = verification::pieces(&etat.db, &etat.pieces, &mut dire)
            .await
            .map_err(Echec::refus)?;
        let resume = format!(
            "{}, {} : {}, {}.",
            compte(base.controles + pieces.controles, "contrôle", "contrôles"),
            compte(pieces.pieces, "pièce relue", "pièces relues"),
            compte(base.anomalies + pieces.anomalies, "anomalie", "anomalies"),
            compte(base.remarques + pieces.remarques, "remarque", "remarques"),
        );
        if base.anomalies + pieces.anomalies > 0 {
            return Err(Echec::refus(resume));
        }
        println!("{resume}");
        Ok(())
    })
}

fn compte(n: usize, un: &str, plusieurs: &str) -> String {
    texte::pluriel(i64::try_from(n).unwrap_or(i64::MAX), un, plusieurs)
}
