//! `releve evaluer`: from a file or standard input, without a database, exit code 1 on a malformed line.

use std::io::Write;
use std::process::{Command, Output, Stdio};

const BONNE: &str = r#"{"id":"b","evaluation":"stage","faits":{"mois":3,"quotite_pct":60}}"#;
const MAUVAISE: &str = r#"{"id":"m","evaluation":"stage","faits":{"moi":3}}"#;

fn evaluer(argument: &str, entree: &str) -> Output {
    let dossier = tempfile::tempdir().expect("dossier");
    let mut processus = Command::new(env!("CARGO_BIN_EXE_releve"))
        .args(["evaluer", argument])
        .current_dir(dossier.path())
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("processus");
    let mut stdin = processus.stdin.take().expect("stdin");
    // The command may end before reading: a file that does not exist.
    let _ = stdin.write_all(entree.as_bytes());
    drop(stdin);
    let sortie = processus.wait_with_output().expect("sortie");
    let laisses = std::fs::read_dir(dossier.path()).expect("dossier").count();
    assert_eq!(laisses, 0, "une évaluation n’écrit rien");
    sortie
}

#[test]
fn entree_standard_et_codes_de_sortie() {
    let juste = evaluer("-", &format!("{BONNE}\n"));
    assert_eq!(
        juste.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&juste.stderr)
    );
    assert!(String::from_utf8_lossy(&juste.stdout).contains(r#""du":54000"#));

    let fausse = evaluer("-", &format!("{MAUVAISE}\n{BONNE}\n"));
    assert_eq!(fausse.status.code(), Some(1));
    let texte = String::from_utf8(fausse.stdout).expect("utf8");
    let lignes: Vec<&str> = texte.lines().collect();
    assert!(
        lignes[0].starts_with(r#"{"id":"m","erreur":{"champ":"moi","message":"#),
        "{}",
        lignes[0]
    );
    assert!(
        lignes[1].starts_with(r#"{"id":"b","resultat":"calcule","#),
        "{}",
        lignes[1]
    );
}

#[test]
fn une_zone_sans_base_est_une_erreur_nommee() {
    let zone = r#"{"id":"z","evaluation":"zone","date":"2026-01-10","faits":{"commune":"13055"}}"#;
    let sortie = evaluer("-", zone);
    assert_eq!(sortie.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&sortie.stdout)
            .starts_with(r#"{"id":"z","erreur":{"champ":"commune""#)
    );
}

#[test]
fn fichier() {
    let fichier = tempfile::NamedTempFile::new().expect("fichier");
    std::fs::write(fichier.path(), format!("{BONNE}\n{BONNE}")).expect("écriture");
    let sortie = evaluer(&fichier.path().to_string_lossy(), "");
    assert_eq!(sortie.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&sortie.stdout).lines().count(), 2);
    assert_eq!(evaluer("/n/existe/pas", "").status.code(), Some(2));
}
