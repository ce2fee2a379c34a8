//! `releve check`

use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};

use preuve::Cle;
use regles::texte;

use super::avancement::Barre;
use super::{Echec, serve, sortie};
use crate::actions::import::Avancement;
use crate::actions::jalon::Exporte;
use crate::actions::rejeu;
use crate::actions::verification::{self, Anomalie, Bilan};
use crate::app::AppState;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::db::jalon::ChaineDuJalon;

/// What is verified besides.
#[derive(clap::Args)]
pub struct Options {
    /// Rejoue aussi chaque explication enregistrée (décisions, places, échéances, appels) sous ses paramètres, et liste les écarts.
    #[arg(long)]
    rejouer: bool,
    /// Ne vérifie que le journal : les chaînes d’événements, leurs jalons, les documents figés.
    #[arg(long, conflicts_with = "rejouer")]
    audit: bool,
    /// Compare aussi le journal à un jalon gardé ailleurs (fichier de «releve jalon») ; l’option se répète.
    #[arg(long, value_name = "FICHIER")]
    jalon: Vec<PathBuf>,
}

/// Verifies the whole database and the documents; one line for each anomaly, exit code 1 if there is any.
pub fn run(config: Config, options: &Options) -> Result<(), Echec> {
    serve::a_jour(&config)?;
    actix_web::rt::System::new().block_on(async {
        let etat = AppState::open(config, Clock::System).map_err(Echec::refus)?;
        let mut dire = |anomalie: &Anomalie| sortie::ligne(anomalie);
        let mut temoins = etat.temoins();
        for fichier in &options.jalon {
            temoins.ailleurs.extend(ailleurs(fichier, &temoins.cle)?);
        }
        if options.audit {
            let bilan = verification::audit(&etat.db, &temoins, &mut dire).map_err(Echec::refus)?;
            return conclure(&bilan);
        }
        let base = verification::base(
            &etat.db,
            &etat.reglement(),
            etat.clock.now(),
            &temoins,
            &mut dire,
        )
        .map_err(Echec::refus)?;
        let pieces = verification::pieces(&etat.db, &etat.pieces, &mut dire)
            .await
            .map_err(Echec::refus)?;
        let mut resume = format!(
            "{}, {} : {}, {}.",
            compte(base.controles + pieces.controles, "contrôle", "contrôles"),
            compte(pieces.pieces, "pièce relue", "pièces relues"),
            compte(base.anomalies + pieces.anomalies, "anomalie", "anomalies"),
            compte(base.remarques + pieces.remarques, "remarque", "remarques"),
        );
        let mut graves = base.anomalies + pieces.anomalies;
        if options.rejouer {
            let bilan = rejouer(&etat.db)?;
            graves += bilan.graves();
            for (compte, nom) in bilan.comptes().iter().zip(REJOUES) {
                resume.push('\n');
                resume.push_str(&ligne(compte, nom));
            }
        }
        if graves > 0 {
            return Err(Echec::refus(resume));
        }
        sortie::ligne(resume);
        Ok(())
    })
}

/// The trees of a jalon kept elsewhere.
fn ailleurs(fichier: &Path, cle: &Cle) -> Result<Vec<ChaineDuJalon>, Echec> {
    let refus = |quoi: &dyn std::fmt::Display| {
        Echec::refus(format!(
            "Le jalon {} ne se lit pas : {quoi}.",
            fichier.display()
        ))
    };
    let texte = std::fs::read_to_string(fichier).map_err(|e| refus(&e))?;
    let exporte: Exporte = serde_json::from_str(&texte).map_err(|e| refus(&e))?;
    verification::ailleurs(&exporte, cle).map_err(|e| refus(&e))
}

fn conclure(bilan: &Bilan) -> Result<(), Echec> {
    let resume = format!(
        "{} du journal : {}, {}.",
        compte(bilan.controles, "contrôle", "contrôles"),
        compte(bilan.anomalies, "anomalie", "anomalies"),
        compte(bilan.remarques, "remarque", "remarques"),
    );
    if bilan.anomalies > 0 {
        return Err(Echec::refus(resume));
    }
    sortie::ligne(resume);
    Ok(())
}

/// What is replayed, one and several, in the order of the report.
const REJOUES: [(&str, &str); 4] = [
    ("décision rejouée", "décisions rejouées"),
    ("place rejouée", "places rejouées"),
    ("échéance rejouée", "échéances rejouées"),
    ("appel rejoué", "appels rejoués"),
];

fn ligne(c: &rejeu::Compte, (une, plusieurs): (&str, &str)) -> String {
    format!(
        "{} : {}, {}.",
        compte(c.rejouees, une, plusieurs),
        compte(c.ecarts, "écart", "écarts"),
        compte(
            c.impossibles,
            "impossible à rejouer",
            "impossibles à rejouer"
        ),
    )
}

/// Replays what is stored, with a bar on a terminal.
fn rejouer(db: &Db) -> Result<rejeu::Bilan, Echec> {
    let barre = stderr().is_terminal().then(Barre::new);
    if let Some(barre) = &barre {
        let total = db.read(rejeu::nombre).map_err(Echec::refus)?;
        barre.etape("explications rejouées", usize::try_from(total).unwrap_or(0));
    }
    let mut avancer = |n| {
        if let Some(barre) = &barre {
            barre.franchir(n);
        }
    };
    let mut ecarts = |ecart: &rejeu::Ecart| match &barre {
        Some(barre) => barre.suspendre(|| sortie::ligne(ecart)),
        None => sortie::ligne(ecart),
    };
    let bilan = rejeu::rejouer(db, &mut avancer, &mut ecarts).map_err(Echec::refus);
    if let Some(barre) = &barre {
        barre.effacer();
    }
    bilan
}

fn compte(n: usize, un: &str, plusieurs: &str) -> String {
    texte::pluriel(i64::try_from(n).unwrap_or(i64::MAX), un, plusieurs)
}
