//! `releve relances`

use regles::texte;

use super::{Echec, serve, sortie};
use crate::app::AppState;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::DbError;
use crate::db::tache::{self, NatureTache};
use crate::taches;

/// What else to do.
#[derive(clap::Args)]
pub struct Options {
    /// Remet en file un courriel incertain ou en échec, dont «releve check» donne l’identifiant.
    #[arg(long, value_name = "IDENTIFIANT")]
    renvoyer: Vec<i64>,
}

/// One daily tick, then the mails that are due: for cron, where `serve` does not run all day.
pub fn run(config: Config, options: &Options) -> Result<(), Echec> {
    serve::a_jour(&config)?;
    serve::journal(config.mode);
    actix_web::rt::System::new().block_on(async {
        let etat = AppState::open(config, Clock::System).map_err(Echec::refus)?;
        for id in &options.renvoyer {
            let now = etat.clock.now();
            etat.db
                .write(|tx| tache::relancer(tx, *id, now))
                .map_err(|e| match e {
                    DbError::Perime => Echec::refus(format!(
                        "La tâche {id} n’est ni incertaine ni en échec : rien n’a été renvoyé."
                    )),
                    autre => Echec::refus(autre),
                })?;
        }
        let jour = taches::tic(&etat).await.map_err(Echec::refus)?;
        sortie::ligne(format_args!(
            "{}, {}.",
            compte(jour.rappels, "rappel", "rappels"),
            compte(jour.caducites, "caducité constatée", "caducités constatées")
        ));
        let courriels = taches::tournee(&etat, NatureTache::Courriel)
            .await
            .map_err(Echec::refus)?;
        sortie::ligne(format_args!(
            "{}, {} à retenter, {} en échec, {} à vérifier.",
            compte(courriels.faites, "courriel envoyé", "courriels envoyés"),
            courriels.reportees,
            courriels.echecs,
            courriels.incertaines
        ));
        if jour.erreurs > 0 {
            return Err(Echec::refus(format!(
                "{} : le journal dit lesquels.",
                compte(
                    jour.erreurs,
                    "objet n’a pas pu être traité",
                    "objets n’ont pas pu être traités"
                )
            )));
        }
        if courriels.empeche {
            return Err(Echec::refus(
                "Le relais de courriel ne répond pas : les courriels restent en attente.",
            ));
        }
        Ok(())
    })
}

fn compte(n: usize, un: &str, plusieurs: &str) -> String {
    texte::pluriel(i64::try_from(n).unwrap_or(i64::MAX), un, plusieurs)
}
