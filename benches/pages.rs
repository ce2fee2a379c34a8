//! Pages under load: the real binary on a base the size of the country, against a bare page of the same stack.
//!
//! `cargo bench --bench pages` on SQLite; with `RELEVE_TEST_POSTGRES=postgres://user@host:port` on PostgreSQL too.
//! `-- --demandes 200000 --duree 3 --courses 5` are the defaults. Prints a table in Markdown. `-- --exports` measures the
//! export of as many rows instead: time, size, memory before and at its peak.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a bench stops at the first surprise"
)]

#[path = "pages/charge.rs"]
mod charge;
#[path = "pages/depot.rs"]
mod depot;
#[path = "pages/export.rs"]
mod export;
#[path = "pages/nu.rs"]
mod nu;
#[path = "pages/serveur.rs"]
mod serveur;

use charge::Mesure;
use depot::Depots;
use serveur::{Banc, Base};

/// A page of the product, and how it is asked for.
struct Page {
    nom: &'static str,
    chemin: String,
    cookie: Option<String>,
}

fn option(nom: &str, defaut: u32) -> u32 {
    let mut arguments = std::env::args();
    while let Some(argument) = arguments.next() {
        if argument == nom {
            return arguments
                .next()
                .and_then(|v| v.parse().ok())
                .unwrap_or(defaut);
        }
    }
    defaut
}

fn main() {
    let (demandes, duree, courses) = (
        option("--demandes", 200_000),
        option("--duree", 3),
        option("--courses", 5),
    );
    if std::env::args().any(|a| a == "--exports") {
        println!("| base | lignes | format | Mo | temps s | mémoire avant Mo | pic Mo |");
        println!("| --- | --- | --- | --- | --- | --- | --- |");
        for base in Base::disponibles() {
            export::mesurer(&base, demandes);
        }
        return;
    }
    println!("| base | demandes | page | req/s | p50 ms | p99 ms | part du nu | mémoire Mo |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for base in Base::disponibles() {
        // As many rows are shown in both: what differs is how much the base holds.
        for (taille, caisses) in [(demandes / 100, 10), (demandes, 100)] {
            mesurer(&base, taille, caisses, duree, courses);
        }
    }
}

fn mesurer(base: &Base, taille: u32, caisses: u32, duree: u32, courses: u32) {
    let banc = Banc::preparer(base, taille, caisses);
    let numero = banc.numero_ouvert("001");
    let agent = banc.cookie("001");
    let nu = nu::Serveur::demarrer(&banc.url());
    let reference = charge::mediane(courses, || {
        charge::lire(
            &nu.adresse,
            &format!("/nu/{}", banc.empreinte("001")),
            None,
            duree,
        )
    });
    drop(nu);
    ligne(base, taille, "page nue", &reference, &reference, None);
    let serveur = banc.servir();
    println!(
        "<!-- démarrage jusqu’à la première page : {} ms -->",
        serveur.demarrage.as_millis()
    );
    let pages = [
        Page {
            nom: "file",
            chemin: "/dossiers".to_owned(),
            cookie: Some(agent.clone()),
        },
        Page {
            nom: "dossier",
            chemin: format!("/dossiers/{numero}"),
            cookie: Some(agent.clone()),
        },
        Page {
            nom: "recherche : un nom",
            chemin: "/recherche?q=lefevre".to_owned(),
            cookie: Some(agent.clone()),
        },
        Page {
            nom: "recherche : début d’un nom et prénom",
            chemin: "/recherche?q=lef+ines".to_owned(),
            cookie: Some(agent.clone()),
        },
        Page {
            nom: "recherche : faute de frappe",
            chemin: "/recherche?q=lefebvr".to_owned(),
            cookie: Some(agent.clone()),
        },
        Page {
            // A whole number leads straight to its file.
            nom: "recherche : début d’un numéro",
            chemin: format!("/recherche?q={}", &numero[..numero.len() - 2]),
            cookie: Some(agent.clone()),
        },
        Page {
            nom: "recherche : code postal",
            chemin: "/recherche?q=13000".to_owned(),
            cookie: Some(agent),
        },
        Page {
            nom: "zone publique",
            chemin: "/zones/13000".to_owned(),
            cookie: None,
        },
    ];
    for page in pages {
        let mesure = charge::mediane(courses, || {
            charge::lire(
                &serveur.adresse,
                &page.chemin,
                page.cookie.as_deref(),
                duree,
            )
        });
        ligne(
            base,
            taille,
            page.nom,
            &mesure,
            &reference,
            Some(serveur.memoire()),
        );
    }
    let depots = Depots::nouveaux(&serveur.adresse);
    let mesure = charge::mediane(courses, || depots.tirer(duree));
    ligne(
        base,
        taille,
        "dépôt",
        &mesure,
        &reference,
        Some(serveur.memoire()),
    );
}

fn ligne(
    base: &Base,
    taille: u32,
    page: &str,
    mesure: &Mesure,
    reference: &Mesure,
    memoire: Option<u64>,
) {
    println!(
        "| {base} | {taille} | {page} | {:.0} | {:.1} | {:.1} | {:.0} % | {} |",
        mesure.par_seconde,
        mesure.p50.as_secs_f64() * 1e3,
        mesure.p99.as_secs_f64() * 1e3,
        100.0 * mesure.par_seconde / reference.par_seconde,
        memoire.map_or_else(|| "—".to_owned(), |m| (m / 1024).to_string()),
    );
}
