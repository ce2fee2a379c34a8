//! An export of the whole country: how long each format takes, and the most memory that the server held. Each format is
//! asked of a server of its own, so that its peak is its own.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use releve::db::schema::dossier;
use releve::db::{Db, DbError, Patience};

use super::serveur::{Banc, Base};

/// Exports `taille` rows in each format, and prints a table in Markdown.
pub fn mesurer(base: &Base, taille: u32) {
    let banc = Banc::preparer(base, taille, 100);
    tout_ouvrir(&banc);
    for format in ["csv", "xlsx", "ods"] {
        let serveur = banc.servir();
        let avant = serveur.memoire();
        let debut = Instant::now();
        let recu = telecharger(
            &serveur.adresse,
            &format!("/dossiers/export.{format}"),
            &banc.cookie("001"),
        );
        if format == "csv" {
            assert!(recu.lignes >= u64::from(taille), "{} lines", recu.lignes);
        }
        println!(
            "| {base} | {taille} | {format} | {:.1} | {:.1} | {} | {} |",
            recu.octets as f64 / 1e6,
            debut.elapsed().as_secs_f64(),
            avant / 1024,
            serveur.pic() / 1024,
        );
    }
}

/// Every request becomes an open one of the first CPAM: the export of one agent is then of all of them.
fn tout_ouvrir(banc: &Banc) {
    let db = Db::open(&banc.url(), 1, Patience::TRAVAIL).expect("the base opens");
    db.write(|tx| {
        diesel::update(dossier::table.filter(dossier::nature.eq("demande")))
            .set((
                dossier::caisse_code.eq("001"),
                dossier::etat.eq("deposee"),
                dossier::ouvert.eq(true),
            ))
            .execute(&mut **tx)
            .map_err(DbError::from)
    })
    .expect("all of one CPAM");
}

/// What came through the wire, read piece by piece: the bench keeps nothing.
struct Recu {
    octets: u64,
    lignes: u64,
}

fn telecharger(adresse: &str, chemin: &str, cookie: &str) -> Recu {
    let mut flux = TcpStream::connect(adresse).expect("the server listens");
    flux.set_read_timeout(Some(Duration::from_secs(600)))
        .expect("a limit");
    let requete = format!(
        "GET {chemin} HTTP/1.1\r\nHost: {adresse}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    );
    flux.write_all(requete.as_bytes()).expect("asked");
    let mut recu = Recu {
        octets: 0,
        lignes: 0,
    };
    let mut morceau = vec![0; 64 * 1024];
    let mut tete = Vec::new();
    let mut dans_le_corps = false;
    loop {
        let lus = flux.read(&mut morceau).expect("an answer");
        if lus == 0 {
            break;
        }
        let mut corps = &morceau[..lus];
        if !dans_le_corps {
            tete.extend_from_slice(corps);
            let Some(fin) = tete.windows(4).position(|w| w == b"\r\n\r\n") else {
                continue;
            };
            assert!(
                tete.starts_with(b"HTTP/1.1 200"),
                "{}",
                String::from_utf8_lossy(&tete[..fin])
            );
            dans_le_corps = true;
            corps = &tete[fin + 4..];
        }
        recu.octets += corps.len() as u64;
        recu.lignes += corps.iter().filter(|o| **o == b'\n').count() as u64;
    }
    recu
}
