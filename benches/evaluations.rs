//! Evaluations a second on one core, and a long run line by line.
//!
//! `cargo bench --bench evaluations [-- --lignes 1000000 --courses 5]`. Prints a table in Markdown.
//! `-- --fichier CHEMIN` only writes the lines, to be given to `releve evaluer`.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a bench stops at the first surprise"
)]

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::time::Instant;

use regles::evaluer::evaluer;
use regles::evaluer::flux::evaluer_flux;
use regles::reglement::Reglement;
use regles::zonage::SansZonage;

const CATEGORIES: [&str; 4] = [
    "non_prioritaire",
    "intermediaire",
    "sous_dotee",
    "sur_dotee_av5",
];

fn option(nom: &str) -> Option<String> {
    std::env::args().skip_while(|a| a != nom).nth(1)
}

fn nombre(nom: &str, defaut: usize) -> usize {
    option(nom).and_then(|v| v.parse().ok()).unwrap_or(defaut)
}

/// The n-th line: every evaluation in turn, with facts that change.
fn ligne(evaluation: &str, n: usize) -> String {
    let categorie = CATEGORIES[n % CATEGORIES.len()];
    let (annee, mois, jour) = (2020 + n % 6, 1 + n % 12, 1 + n % 28);
    let faits = match evaluation {
        "place" => format!(
            r#"{{"categorie":"{categorie}","cessation":"{annee}-{mois:02}-{jour:02}","actes_12_mois":{},"pourvue":false,"successeur_designe":{},"successeur_accepte":false,"avis_cpd_sous_seuil":"favorable"}}"#,
            900 + n % 900,
            n.is_multiple_of(3)
        ),
        "conventionnement" => format!(
            r#"{{"categorie":"{categorie}","deja_conventionne_zone":false,"entree_formation":{},"heures_etablissement":{},"heures_clinicat":300,"engagement_zone":false,"derogation":{{"famille":"B","motif":"x","avis_cpd":"defavorable"}}}}"#,
            2018 + n % 8,
            1500 + n % 1000
        ),
        "echeance" => format!(
            r#"{{"depart":"{annee}-{mois:02}-{jour:02}","mois":{},"suspensions":[{{"du":"{annee}-12-01","au":"{annee}-12-20"}}]}}"#,
            1 + n % 24
        ),
        _ => format!(
            r#"{{"contrat":"caccmk","signature":"2025-03-01","annee":{},"actes":{},"part_zone_pct":72.5,"modulation":true}}"#,
            1 + n % 5,
            n % 3500
        ),
    };
    format!(
        r#"{{"id":{n},"evaluation":"{evaluation}","date":"2026-03-{jour:02}","faits":{faits}}}"#
    )
}

const EVALUATIONS: [&str; 4] = ["place", "conventionnement", "echeance", "versement"];

fn mediane(mut mesures: Vec<f64>) -> f64 {
    mesures.sort_by(f64::total_cmp);
    mesures[mesures.len() / 2]
}

fn main() {
    let (lignes, courses) = (nombre("--lignes", 1_000_000), nombre("--courses", 5));
    if let Some(chemin) = option("--fichier") {
        let mut fichier = BufWriter::new(File::create(chemin).expect("fichier"));
        for n in 0..lignes {
            let ligne = ligne(EVALUATIONS[n % EVALUATIONS.len()], n);
            writeln!(fichier, "{ligne}").expect("écriture");
        }
        fichier.flush().expect("écriture");
        return;
    }
    let reglement = Reglement::embarque().expect("reglement");
    println!("| évaluation | par seconde, un cœur |");
    println!("| --- | --- |");
    for evaluation in EVALUATIONS {
        let echantillon: Vec<String> = (0..10_000).map(|n| ligne(evaluation, n)).collect();
        let course = || {
            let debut = Instant::now();
            for _ in 0..10 {
                for ligne in &echantillon {
                    let reponse = evaluer(&reglement, std::hint::black_box(ligne), &SansZonage);
                    assert!(!reponse.est_erreur(), "{ligne}");
                    std::hint::black_box(&reponse);
                }
            }
            100_000.0 / debut.elapsed().as_secs_f64()
        };
        let par_seconde = mediane((0..courses).map(|_| course()).collect());
        println!("| {evaluation} | {par_seconde:.0} |");
    }
    let entree: String = (0..100_000)
        .map(|n| ligne(EVALUATIONS[n % EVALUATIONS.len()], n) + "\n")
        .collect();
    let course = || {
        let debut = Instant::now();
        evaluer_flux(&reglement, &SansZonage, entree.as_bytes(), io::sink()).expect("flux");
        100_000.0 / debut.elapsed().as_secs_f64()
    };
    let par_seconde = mediane((0..courses).map(|_| course()).collect());
    println!("| ligne à ligne, réponses écrites | {par_seconde:.0} |");
}
