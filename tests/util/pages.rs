//! The pages that the tests read, kept in `target/pages/` for a validator to read after them (`scripts/html`): of each
//! route and status, those that write something that the pages before them did not.

use std::collections::{BTreeSet, HashMap};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::{RUN, route};

/// How many pages of one route and status are kept at most.
const AU_PLUS: usize = 40;

/// What was already kept of a route and status.
#[derive(Default)]
struct Gardees {
    pages: usize,
    tournures: BTreeSet<String>,
}

static GARDEES: Mutex<Option<HashMap<String, Gardees>>> = Mutex::new(None);

/// Emptied by `scripts/test`, which runs one process per module, or by the first page of a process that runs alone:
/// what is there is of one run.
static DOSSIER: LazyLock<PathBuf> = LazyLock::new(|| {
    let dossier = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/pages");
    if dossier.exists() && std::env::var_os(RUN).is_none() {
        std::fs::remove_dir_all(&dossier).expect("target/pages emptied");
    }
    std::fs::create_dir_all(&dossier).expect("target/pages");
    dossier
});

/// Keeps a page as it was sent, if it writes something that no kept page of its route and status writes.
pub fn garder(chemin: &str, statut: u16, html: &str, tournures: &BTreeSet<String>) {
    let nom = format!(
        "{}-{statut}",
        nom(route::de(chemin, |_| true).map_or("aucune", |r| r.chemin))
    );
    // A test that fails elsewhere does not keep this one from being read.
    let mut gardees = GARDEES.lock().unwrap_or_else(PoisonError::into_inner);
    let deja = gardees
        .get_or_insert_default()
        .entry(nom.clone())
        .or_default();
    if deja.pages == AU_PLUS || tournures.is_subset(&deja.tournures) {
        return;
    }
    deja.tournures.extend(tournures.iter().cloned());
    // Another module of the run may have kept some of them.
    while deja.pages < AU_PLUS {
        deja.pages += 1;
        let neuve = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(DOSSIER.join(format!("{nom}-{}.html", deja.pages)));
        match neuve {
            Ok(mut fichier) => return fichier.write_all(html.as_bytes()).expect("a page written"),
            Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
            Err(e) => panic!("a page is not kept: {e}"),
        }
    }
}

/// Keeps a page as the script left it in a browser.
pub fn garder_rendue(nom: &str, html: &str) {
    let fichier = DOSSIER.join(format!("navigateur-{nom}.html"));
    std::fs::write(fichier, html).expect("a page written");
}

/// A path as the name of a file.
fn nom(chemin: &str) -> String {
    let mots: Vec<&str> = chemin
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|mot| !mot.is_empty())
        .collect();
    if mots.is_empty() {
        "accueil".to_owned()
    } else {
        mots.join("-")
    }
}
