//! The national files: where they are, and what is skipped without them.

use std::fs::OpenOptions;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};

use super::RUN;

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
/// passes; `scripts/test` counts what is written in its folder.
fn passer(pourquoi: &str) {
    let fil = std::thread::current();
    let ligne = format!("skipped: {}: {pourquoi}\n", fil.name().unwrap_or("?"));
    stderr()
        .write_all(ligne.as_bytes())
        .expect("the line is said");
    if let Some(dossier) = std::env::var_os(RUN) {
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(Path::new(&dossier).join("skipped"))
            .and_then(|mut liste| liste.write_all(ligne.as_bytes()))
            .expect("the line is kept");
    }
}
