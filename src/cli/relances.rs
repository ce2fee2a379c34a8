//! `releve relances`

use chrono::{NaiveDate, NaiveDateTime};
use regles::texte;

use super::{Echec, serve, sortie};
use crate::actions::jalon;
use crate::app::AppState;
use crate::clock::{self, Clock};
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
    /// Remet en file tous les courriels incertains ou en échec écrits depuis ce jour (AAAA-MM-JJ, à Paris). Ce qui est parti ou attend n’est pas touché.
    #[arg(long, value_name = "JOUR")]
    renvoyer_depuis: Option<NaiveDate>,
    /// Dernier jour de la période, inclus ; sans lui, jusqu’à maintenant.
    #[arg(long, value_name = "JOUR", requires = "renvoyer_depuis")]
    jusqu_a: Option<NaiveDate>,
}

impl Options {
    /// The instants (UTC) that the days name, the second one left out; none when no period is asked.
    fn periode(&self, now: NaiveDateTime) -> Result<Option<(NaiveDateTime, NaiveDateTime)>, Echec> {
        let Some(depuis) = self.renvoyer_depuis else {
            return Ok(None);
        };
        let fin = match self.jusqu_a {
            None => now,
            Some(jour) if jour < depuis => {
                return Err(Echec::usage(
                    "La période finit avant de commencer : vérifiez --renvoyer-depuis et --jusqu-a.",
                ));
            }
            Some(jour) => clock::minuit_a_paris(jour.succ_opt().unwrap_or(jour)),
        };
        Ok(Some((clock::minuit_a_paris(depuis), fin)))
    }
}

/// One daily tick, then the mails that are due: for cron, where `serve` does not run all day.
pub fn run(config: Config, options: &Options) -> Result<(), Echec> {
    let periode = options.periode(Clock::System.now())?;
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
        if let Some(periode) = periode {
            let now = etat.clock.now();
            let remis = etat
                .db
                .write(|tx| tache::relancer_periode(tx, NatureTache::Courriel, periode, now))
                .map_err(|e: DbError| Echec::refus(e))?;
            sortie::ligne(format_args!(
                "{}.",
                compte(remis, "courriel remis en file", "courriels remis en file")
            ));
        }
        jalon::du_jour(&etat.db, &etat.cle_du_journal, etat.clock.now()).map_err(Echec::refus)?;
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
                "Le relais de courriel ne répond pas ou refuse nos envois : les courriels restent en attente, aucun n’est perdu. Vérifiez le relais, l’adresse d’expédition et les identifiants.",
            ));
        }
        Ok(())
    })
}

fn compte(n: usize, un: &str, plusieurs: &str) -> String {
    texte::pluriel(i64::try_from(n).unwrap_or(i64::MAX), un, plusieurs)
}
