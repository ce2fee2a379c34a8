//! A load of 32 connections kept alive, each asking again as soon as it is answered.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

pub const CONNEXIONS: usize = 32;

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

/// Reads one path again and again.
pub fn lire(adresse: &str, chemin: &str, cookie: Option<&str>, duree: u32) -> Mesure {
    let cookie = cookie.map_or_else(String::new, |c| format!("Cookie: {c}\r\n"));
    let requete = format!("GET {chemin} HTTP/1.1\r\nHost: {adresse}\r\n{cookie}\r\n");
    tirer(adresse, duree, (200, ""), |_, _| {
        requete.clone().into_bytes()
    })
}

/// Loads a server for `duree` seconds with what `requete` makes of the rank of the connection and of the try.
/// Stops the bench on any other status, and on a redirect that does not end so.
pub fn tirer(
    adresse: &str,
    duree: u32,
    (statut, vers): (u16, &str),
    requete: impl Fn(usize, usize) -> Vec<u8> + Sync,
) -> Mesure {
    let (requete, statut) = (&requete, format!(" {statut} "));
    let attendu = (statut.as_str(), vers);
    let fin = Instant::now() + Duration::from_secs(u64::from(duree));
    let debut = Instant::now();
    let mut temps: Vec<Duration> = std::thread::scope(|fils| {
        let tireurs: Vec<_> = (0..CONNEXIONS)
            .map(|rang| {
                fils.spawn(move || connexion(adresse, |essai| requete(rang, essai), attendu, fin))
            })
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

fn connexion(
    adresse: &str,
    requete: impl Fn(usize) -> Vec<u8>,
    attendu: (&str, &str),
    fin: Instant,
) -> Vec<Duration> {
    let flux = TcpStream::connect(adresse).expect("the server accepts");
    flux.set_nodelay(true).expect("nodelay");
    let mut ecriture = flux.try_clone().expect("a second handle");
    let mut lecture = BufReader::with_capacity(64 * 1024, flux);
    let mut temps = Vec::new();
    let mut corps = Vec::new();
    while Instant::now() < fin {
        let requete = requete(temps.len());
        let debut = Instant::now();
        ecriture.write_all(&requete).expect("a request leaves");
        reponse(&mut lecture, attendu, &mut corps);
        temps.push(debut.elapsed());
    }
    temps
}

fn reponse(lecture: &mut BufReader<TcpStream>, (statut, vers): (&str, &str), corps: &mut Vec<u8>) {
    let mut ligne = String::new();
    lecture.read_line(&mut ligne).expect("a status line");
    assert!(ligne.contains(statut), "not {statut}: {ligne}");
    let mut longueur = 0;
    loop {
        ligne.clear();
        lecture.read_line(&mut ligne).expect("a header");
        if ligne == "\r\n" {
            break;
        }
        let entete = ligne.to_ascii_lowercase();
        if let Some(valeur) = entete.strip_prefix("content-length:") {
            longueur = valeur.trim().parse().expect("a length");
        } else if let Some(adresse) = entete.strip_prefix("location:") {
            assert!(adresse.trim().ends_with(vers), "not {vers}: {ligne}");
        }
    }
    corps.resize(longueur, 0);
    lecture.read_exact(corps).expect("a body");
}
