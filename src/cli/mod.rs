//! The command line: `releve COMMANDE`. Exit codes: 0 done, 1 refused or something is wrong, 2 wrong usage.

mod apercu;
mod avancement;
mod check;
mod demo;
mod evaluer;
mod generer;
mod import;
mod jalon;
mod migrate;
mod relances;
mod serve;
mod sortie;
mod user;
mod verifier;
mod zone;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::db::Patience;

/// Relève : un départ, une arrivée.
#[derive(Parser)]
#[command(version, about, long_about = None, disable_help_subcommand = true)]
struct Ligne {
    /// Fichier de configuration (TOML) ; les variables d’environnement l’emportent.
    #[arg(long, env = "RELEVE_CONFIG", global = true, value_name = "FICHIER")]
    config: Option<PathBuf>,

    #[command(subcommand)]
    commande: Commande,
}

#[derive(Subcommand)]
enum Commande {
    /// Sert l’application, avec la base et les réglages de l’environnement.
    Serve,
    /// Lance l’application avec des données de démonstration, sur une base à part.
    Demo(demo::Options),
    /// Applique les migrations à la base.
    Migrate,
    /// Importe les données de référence (CSV, XLSX ou ODS).
    #[command(subcommand)]
    Import(import::Commande),
    /// Donne la catégorie de zonage d’une commune à une date.
    Zone(zone::Options),
    /// Évalue les règles : un objet JSON par ligne en entrée, un par ligne en sortie.
    Evaluer(evaluer::Options),
    /// Remplit une base vide de données de banc d’essai.
    #[command(hide = true)]
    Generer(generer::Options),
    /// Envoie les rappels du jour et les courriels en attente, une fois : pour une tâche planifiée.
    Relances(relances::Options),
    /// Vérifie la cohérence de toute la base et des pièces ; code 1 et une liste si quelque chose ne va pas.
    Check(check::Options),
    /// Signe l’état du journal à cet instant : de quoi prouver plus tard que rien n’a été récrit.
    Jalon(jalon::Options),
    /// Vérifie la liasse d’un dossier, sans base ni réseau ; code 1 si elle ne tient pas.
    Verifier(verifier::Options),
    /// Comptes des agents.
    #[command(subcommand)]
    User(user::Commande),
}

/// A command that did not succeed: the sentence to print, the exit code.
pub struct Echec {
    phrase: String,
    code: u8,
}

impl Echec {
    /// Refused, or something is wrong: exit code 1.
    pub fn refus(phrase: impl ToString) -> Echec {
        Echec {
            phrase: phrase.to_string(),
            code: 1,
        }
    }

    /// Wrong usage or settings: exit code 2.
    pub fn usage(phrase: impl ToString) -> Echec {
        Echec {
            phrase: phrase.to_string(),
            code: 2,
        }
    }
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let ligne = Ligne::parse();
    match executer(ligne) {
        Ok(()) => ExitCode::SUCCESS,
        Err(echec) => {
            eprintln!("{}", echec.phrase);
            ExitCode::from(echec.code)
        }
    }
}

fn executer(ligne: Ligne) -> Result<(), Echec> {
    let lue = || configuration(ligne.config.as_deref());
    // Whoever types a command waits for it.
    let config = || {
        lue().map(|config| Config {
            patience: Patience::TRAVAIL,
            ..config
        })
    };
    match ligne.commande {
        Commande::Serve => serve::run(lue()?),
        Commande::Demo(options) => demo::run(options),
        Commande::Migrate => migrate::run(&config()?),
        Commande::Import(commande) => import::run(&config()?, commande),
        Commande::Zone(options) => zone::run(&config()?, &options),
        Commande::Evaluer(options) => evaluer::run(&options, config),
        Commande::Generer(options) => generer::run(&config()?, &options),
        Commande::Relances(options) => relances::run(config()?, &options),
        Commande::Check(options) => check::run(config()?, &options),
        Commande::Jalon(options) => jalon::run(config()?, &options),
        Commande::Verifier(options) => verifier::run(&options),
        Commande::User(commande) => user::run(&config()?, commande),
    }
}

fn configuration(fichier: Option<&std::path::Path>) -> Result<Config, Echec> {
    let texte = match fichier {
        Some(chemin) => Some(std::fs::read_to_string(chemin).map_err(|e| {
            Echec::usage(format!(
                "Le fichier {} ne se lit pas : {e}.",
                chemin.display()
            ))
        })?),
        None => None,
    };
    Config::lire(std::env::vars(), texte.as_deref()).map_err(Echec::usage)
}
