//! The national files: where they are, and what is skipped without them.

use std::fs::OpenOptions;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};

/// The folder of the national files: `RELEVE_DONNEES`, or `../shared/data` beside the project. They are not part of
/// it, for their licences differ. Where there is none, the test that asks is said to be skipped and has to return; with
/// `RELEVE_TEST_DONNEES_EXIGEES` set it fails, for a skipped test would pass for a proof.
pub fn nationales() -> Option<PathBuf> {
    let dossier = std::env::var_os("RELEVE_DONNEES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    if dossier.is_dir() {
        return Some(dossier);
    }
    let comment = format!(
        "no folder {}; RELEVE_DONNEES=FOLDER says where the national files are",
        dossier.display()
    );
    assert!(
        std::env::var_os("RELEVE_TEST_DONNEES_EXIGEES").is_none(),
        "{comment}"
    );
    passer(&comment);
    None
}

/// Says that the test of this thread is skipped, past the capture of libtest, which shows nothing of a test that
/// passes; and writes its name into `RELEVE_TEST_PASSES`, where `scripts/test` counts it.
fn passer(pourquoi: &str) {
    let fil = std::thread::current();
    let test = fil.name().unwrap_or("?");
    stderr()
        .write_all(format!("skipped: {test}: {pourquoi}\n").as_bytes())
        .expect("the reason is said");
    if let Some(liste) = std::env::var_os("RELEVE_TEST_PASSES") {
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(liste)
            .and_then(|mut f| f.write_all(format!("{test}\n").as_bytes()))
            .expect("the list of skipped tests is written");
    }
}
