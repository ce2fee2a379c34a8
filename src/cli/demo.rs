//! `releve demo`

use std::net::TcpListener;
use std::path::PathBuf;

use super::{Echec, migrate, serve};
use crate::app::AppState;
use crate::clock::Clock;
use crate::config::Config;
use crate::{db, demo};

/// How the demonstration starts.
#[derive(clap::Args)]
pub struct Options {
    /// Port d’écoute ; sans lui, 8080.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Dossier de la démonstration, recréé à chaque lancement.
    #[arg(long, default_value = "donnees/demo", value_name = "DOSSIER")]
    dossier: PathBuf,
}

/// Prepares a fresh base with fictional people and files, and serves it.
pub fn run(options: Options) -> Result<(), Echec> {
    let dossier = &options.dossier;
    // A folder that is not ours is never emptied.
    let base = dossier.join("demo.sqlite");
    for suffixe in ["", "-wal", "-shm"] {
        let chemin = dossier.join(format!("demo.sqlite{suffixe}"));
        if chemin.exists() {
            std::fs::remove_file(&chemin).map_err(|e| {
                Echec::refus(format!("{} ne s’efface pas : {e}.", chemin.display()))
            })?;
        }
    }
    let listener = TcpListener::bind(("127.0.0.1", options.port)).map_err(|e| {
        Echec::refus(format!(
            "Le port {} ne peut pas être écouté : {e}. Essayez --port 0.",
            options.port
        ))
    })?;
    let adresse = format!("http://{}", listener.local_addr().map_err(Echec::refus)?);
    let reglages = [
        ("RELEVE_MODE", "demo".to_owned()),
        ("DATABASE_URL", format!("sqlite://{}", base.display())),
        ("RELEVE_URL_PUBLIQUE", adresse.clone()),
        ("RELEVE_COURRIEL", "memory://".to_owned()),
        (
            "RELEVE_PIECES",
            format!("file://{}", dossier.join("pieces").display()),
        ),
    ];
    let config =
        Config::lire(reglages.map(|(c, v)| (c.to_owned(), v)), None).map_err(Echec::usage)?;
    migrate::preparer_dossier(&config)?;
    db::migrate(&config.database).map_err(Echec::refus)?;
    serve::journal(config.mode);
    actix_web::rt::System::new().block_on(async {
        let etat = AppState::open(config, Clock::System).map_err(Echec::refus)?;
        demo::semer(&etat, &dossier.join("reference"))
            .await
            .map_err(Echec::refus)?;
        annoncer(&adresse);
        serve::servir(etat, listener).await
    })
}

fn annoncer(adresse: &str) {
    println!("Relève, démonstration : {adresse}");
    println!("Mot de passe de tous les comptes : {}", demo::MOT_DE_PASSE);
    println!("Courriels envoyés : {adresse}/_courriels");
    for compte in demo::COMPTES {
        println!(
            "  {:<30} {:<24} {}",
            compte.courriel,
            compte.role.libelle(),
            compte.a_voir
        );
    }
}
