//! The pages that the tests read, kept in `target/pages/` for a validator to read after them (`scripts/html`): of each
//! route and status, those that write something that the pages before them did not.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::route;

/// How many pages of one route and status are kept at most.
const AU_PLUS: usize = 40;

/// What was already kept of a route and status.
#[derive(Default)]
struct Gardees {
    pages: usize,
    tournures: BTreeSet<String>,
}

static GARDEES: Mutex<Option<HashMap<String, Gardees>>> = Mutex::new(None);

/// Emptied by the first page of a run: what is there is of one run.
static DOSSIER: LazyLock<PathBuf> = LazyLock::new(|| {
    let dossier = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/pages");
    if dossier.exists() {
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
    deja.pages += 1;
    deja.tournures.extend(tournures.iter().cloned());
    ecrire(&format!("{nom}-{}", deja.pages), html);
}

/// Keeps a page as the script left it in a browser.
pub fn garder_rendue(nom: &str, html: &str) {
    ecrire(&format!("navigateur-{nom}"), html);
}

fn ecrire(nom: &str, html: &str) {
    std::fs::write(DOSSIER.join(format!("{nom}.html")), html).expect("a page written");
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
