//! What people confided is read by its owner alone, whatever the umask of whoever starts the program.

use std::os::unix::fs::PermissionsExt;

use super::processus::commande;
use crate::util::TestApp;

#[test]
fn la_base_et_son_dossier_ne_se_lisent_que_par_leur_proprietaire() {
    let app = TestApp::start();
    let dossier = tempfile::tempdir().unwrap();
    let base = dossier.path().join("a/b/releve.sqlite");
    let fait = commande(&app, dossier.path(), 1)
        .env("DATABASE_URL", format!("sqlite://{}", base.display()))
        .arg("migrate")
        .output()
        .unwrap();
    assert!(fait.status.success(), "{fait:?}");
    let droits =
        |chemin: &std::path::Path| std::fs::metadata(chemin).unwrap().permissions().mode() & 0o777;
    assert_eq!(droits(&base), 0o600);
    assert_eq!(droits(&dossier.path().join("a/b")), 0o700);
    // One that was made by hand, and that everybody reads, is closed as well.
    std::fs::set_permissions(&base, std::fs::Permissions::from_mode(0o644)).unwrap();
    commande(&app, dossier.path(), 1)
        .env("DATABASE_URL", format!("sqlite://{}", base.display()))
        .arg("migrate")
        .output()
        .unwrap();
    assert_eq!(droits(&base), 0o600);
}
