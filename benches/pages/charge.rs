//! A load of 32 connections kept alive, each asking again as soon as it is answered.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const CONNEXIONS: usize = 32;

/// What one run showed.
#[derive(Clone, Copy)]
pub struct Mesure {
    pub par_seconde: f64,
    pub p50: Duration,
    pub p99: Duration,
}

/// The run whose rate is the median of `courses`, after one that warms up.
pub fn mediane(courses: u32, mut course: impl FnMut() -> Mesure) -> Mesure {
    course();
    let mut mesures: Vec<Mesure> = (0..courses).map(|_| course()).collect();
    mesures.sort_by(|a, b| a.par_seconde.total_cmp(&b.par_seconde));
    mesures[mesures.len() / 2]
}

/// Loads one path for `duree` seconds. Stops the bench on any answer but 200.
pub fn tirer(adresse: &str, chemin: &str, cookie: Option<&str>, duree: u32) -> Mesure {
    let cookie = cookie.map_or_else(String::new, |c| format!("Cookie: {c}\r\n"));
    let requete = format!("GET {chemin} HTTP/1.1\r\nHost: {adresse}\r\n{cookie}\r\n");
    let fin = Instant::now() + Duration::from_secs(u64::from(duree));
    let debut = Instant::now();
    let mut temps: Vec<Duration> = std::thread::scope(|fils| {
        let tireurs: Vec<_> = (0..CONNEXIONS)
            .map(|_| fils.spawn(|| connexion(adresse, requete.as_bytes(), fin)))
            .collect();
        tireurs
            .into_iter()
            .flat_map(|t| t.join().expect("a connection that loads"))
            .collect()
    });
    let ecoule = debut.elapsed().as_secs_f64();
    temps.sort_unstable();
    let quantile = |q: usize| temps[(temps.len() * q / 100).min(temps.len() - 1)];
    Mesure {
        par_seconde: temps.len() as f64 / ecoule,
        p50: quantile(50),
        p99: quantile(99),
    }
}

fn connexion(adresse: &str, requete: &[u8], fin: Instant) -> Vec<Duration> {
    let flux = TcpStream::connect(adresse).expect("the server accepts");
    flux.set_nodelay(true).expect("nodelay");
    let mut ecriture = flux.try_clone().expect("a second handle");
    let mut lecture = BufReader::with_capacity(64 * 1024, flux);
    let mut temps = Vec::new();
    let mut corps = Vec::new();
    while Instant::now() < fin {
        let debut = Instant::now();
        ecriture.write_all(requete).expect("a request leaves");
        lire(&mut lecture, &mut corps);
        temps.push(debut.elapsed());
    }
    temps
}

fn lire(lecture: &mut BufReader<TcpStream>, corps: &mut Vec<u8>) {
    let mut ligne = String::new();
    lecture.read_line(&mut ligne).expect("a status line");
    assert!(ligne.contains(" 200 "), "not a 200: {ligne}");
    let mut longueur = 0;
    loop {
        ligne.clear();
        lecture.read_line(&mut ligne).expect("a header");
        if ligne == "\r\n" {
            break;
        }
        if let Some(valeur) = ligne.to_ascii_lowercase().strip_prefix("content-length:") {
            longueur = valeur.trim().parse().expect("a length");
        }
    }
    corps.resize(longueur, 0);
    lecture.read_exact(corps).expect("a body");
}
