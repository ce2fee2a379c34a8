//! How fast the outbox empties: mails a second against an SMTP server on loopback.
//! `cargo bench --bench courriels [-- NUMBER]`; `DATABASE_URL` chooses the database, an empty SQLite file unless told.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a bench stops at the first surprise, and reads its settings from the environment"
)]

#[allow(dead_code, reason = "shared with the tests, which use all of it")]
#[path = "../tests/util/smtp.rs"]
mod smtp;

use std::time::Instant;

use releve::app::AppState;
use releve::clock::Clock;
use releve::config::Config;
use releve::db::courriel::{self, NouveauCourriel};
use releve::db::tache::NatureTache;
use releve::db::{self, DbError};
use releve::taches::tournee;

fn main() {
    let nombre: u32 = std::env::args()
        .filter_map(|a| a.parse().ok())
        .next()
        .unwrap_or(5_000);
    let dossier = tempfile::tempdir().unwrap();
    let base = std::env::var("DATABASE_URL")
        .unwrap_or_else(|_| format!("sqlite://{}", dossier.path().join("banc.sqlite").display()));
    let serveur = smtp::SmtpServer::start();
    let reglages = [
        ("DATABASE_URL", base),
        ("RELEVE_COURRIEL", serveur.url()),
        (
            "RELEVE_PIECES",
            format!("file://{}", dossier.path().join("pieces").display()),
        ),
    ];
    let config = Config::lire(reglages.map(|(c, v)| (c.to_owned(), v)), None).unwrap();
    db::migrate(&config.database).unwrap();
    let etat = AppState::open(config, Clock::System).unwrap();
    remplir(&etat, nombre);
    let debut = Instant::now();
    let bilan = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(tournee(&etat, NatureTache::Courriel))
        .unwrap();
    let duree = debut.elapsed();
    assert_eq!(bilan.faites, nombre as usize, "{bilan:?}");
    assert_eq!(serveur.received().len(), nombre as usize);
    println!(
        "{nombre} mails: {:.2} s, {:.0} mails/s",
        duree.as_secs_f64(),
        f64::from(nombre) / duree.as_secs_f64()
    );
}

fn remplir(etat: &AppState, nombre: u32) {
    let le = etat.clock.now();
    let texte = "Bonjour,\n\nUn paragraphe de la longueur ordinaire d’une lettre.\n".repeat(12);
    let html = format!("<p>{}</p>", texte.replace('\n', "<br>"));
    etat.db
        .write(|tx| {
            for n in 0..nombre {
                courriel::deposer(
                    tx,
                    &NouveauCourriel {
                        cle: &format!("banc:{n}"),
                        modele: "banc",
                        destinataire: &format!("personne{n}@example.fr"),
                        sujet: "Votre demande est arrivée",
                        texte: &texte,
                        html: &html,
                        cree_le: le,
                    },
                )?;
            }
            Ok::<_, DbError>(())
        })
        .unwrap();
}
