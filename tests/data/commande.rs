//! The commands themselves: what they print, and their exit codes.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use releve::db::commune;
use releve::db::dialect::DatabaseUrl;

use super::appui::{Atelier, CAISSES, COMMUNES, LIGNES, ZONAGE, nombreuses, simple};

fn commande(atelier: &Atelier, arguments: &[&str]) -> Command {
    let url = match atelier.db.url() {
        DatabaseUrl::Sqlite(path) => format!("sqlite://{path}"),
        DatabaseUrl::Postgres(url) => url.clone(),
    };
    let mut commande = Command::new(env!("CARGO_BIN_EXE_releve"));
    commande
        .args(arguments)
        .env_clear()
        .env("DATABASE_URL", url);
    commande
}

fn releve(atelier: &Atelier, arguments: &[&str]) -> Output {
    let sortie = commande(atelier, arguments).output();
    sortie.expect("the command runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn dit(output: &Output) -> String {
    simple(&String::from_utf8_lossy(&output.stdout))
}

fn plainte(output: &Output) -> String {
    simple(&String::from_utf8_lossy(&output.stderr))
}

fn texte(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[test]
fn a_reference_set_is_imported_and_a_zone_answered() {
    let atelier = Atelier::new();
    let caisses = atelier.fichier("o.csv", CAISSES);
    let communes = atelier.fichier("c.csv", COMMUNES);
    let zonage = atelier.fichier("z.csv", format!("{ZONAGE}{LIGNES}"));

    let fait = releve(&atelier, &["import", "organismes", texte(&caisses)]);
    assert_eq!(code(&fait), 0, "{}", plainte(&fait));
    assert!(dit(&fait).contains("ajoutées : 2 ;"), "{}", dit(&fait));

    let fait = releve(&atelier, &["import", "communes", texte(&communes)]);
    assert_eq!(code(&fait), 0, "{}", plainte(&fait));
    // Not a terminal: plain lines, no bar.
    assert!(
        plainte(&fait).contains("Préparation : 9 communes et bassins\n  3 sur 9\n"),
        "{}",
        plainte(&fait)
    );

    let acte = [
        "--region",
        "99",
        "--effet",
        "1er mars 2026",
        "--reference",
        "A-1",
    ];
    let arguments = |plus: &[&'static str]| -> Vec<String> {
        ["import", "zonage", texte(&zonage)]
            .iter()
            .chain(&acte)
            .chain(plus)
            .map(|a| (*a).to_owned())
            .collect()
    };
    let lancer = |plus: &[&'static str]| {
        let arguments = arguments(plus);
        releve(
            &atelier,
            &arguments.iter().map(String::as_str).collect::<Vec<_>>(),
        )
    };
    let simule = lancer(&["--simuler"]);
    assert_eq!(code(&simule), 0);
    assert!(
        dit(&simule).contains("Simulation : rien n’est enregistré."),
        "{}",
        dit(&simule)
    );
    assert!(
        dit(&simule)
            .contains("- non prioritaire : 2 bassins, 2 communes, 9 000 habitants (62,1 %)"),
        "{}",
        dit(&simule)
    );
    assert!(dit(&lancer(&[])).contains("Import enregistré."));
    assert!(dit(&lancer(&[])).contains("Rien à faire : tout est déjà enregistré à l’identique."));

    let zone = releve(&atelier, &["zone", "91101", "--date", "2026-03-01"]);
    assert_eq!(code(&zone), 0);
    assert!(
        dit(&zone).starts_with("91101 Montbourg 1er Arrondissement, le 1er mars 2026 : non prioritaire (non_prioritaire)\n"),
        "{}",
        dit(&zone)
    );
    let zone = releve(&atelier, &["zone", "91101", "--date", "2026-02-28"]);
    assert_eq!(code(&zone), 1);
    assert!(dit(&zone).is_empty());
    assert!(
        plainte(&zone).contains("aucun arrêté de zonage de la région 99"),
        "{}",
        plainte(&zone)
    );
}

#[test]
fn exit_codes_tell_refused_data_from_wrong_usage() {
    let atelier = Atelier::fictif();
    let faux = atelier.fichier(
        "z.csv",
        format!("{ZONAGE}90001,Valbourg,90,BV90001,Valbourg,verte,99,,\n"),
    );
    let refuse = releve(
        &atelier,
        &[
            "import",
            "zonage",
            texte(&faux),
            "--region",
            "99",
            "--effet",
            "2026-03-01",
        ],
    );
    assert_eq!(code(&refuse), 1);
    assert!(dit(&refuse).is_empty());
    let plainte_refus = plainte(&refuse);
    assert!(
        plainte_refus.contains("  - ligne 2 : catégorie « verte » inconnue\n"),
        "{plainte_refus}"
    );
    assert!(
        plainte_refus.contains("rien n’est enregistré"),
        "{plainte_refus}"
    );

    for usage in [
        vec!["import", "communes", "absent.csv"],
        vec!["import", "communes", "communes.pdf"],
        vec!["import", "communes"],
        vec!["import", "zonage", texte(&faux), "--region", "99"],
        vec![
            "import",
            "zonage",
            texte(&faux),
            "--region",
            "99",
            "--effet",
            "30 février 2026",
        ],
        vec!["zone", "1"],
        vec!["zone", "90001", "--date", "hier"],
    ] {
        let sortie = releve(&atelier, &usage);
        assert_eq!(code(&sortie), 2, "{usage:?}: {}", plainte(&sortie));
        assert!(dit(&sortie).is_empty(), "{usage:?}");
    }
}

#[test]
fn a_process_killed_between_two_batches_leaves_the_former_communes() {
    let atelier = Atelier::new();
    atelier.caisses(CAISSES).expect("caisses");
    atelier.communes(&nombreuses(3)).expect("the former ones");
    let fichier = atelier.fichier("n.csv", nombreuses(9_999));
    let mut enfant = commande(&atelier, &["import", "communes", texte(&fichier)])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let plaintes = BufReader::new(enfant.stderr.take().expect("its error output"));
    let lot = plaintes.lines().find(|ligne| {
        let ligne = ligne.as_deref().expect("a line");
        simple(ligne).contains("2001 sur 9997")
    });
    assert!(lot.is_some(), "the first batch is announced");
    enfant.kill().expect("killed");
    enfant.wait().expect("ended");

    let connues = || atelier.db.read(commune::toutes).expect("read").len();
    assert_eq!(connues(), 3);
    let encore = releve(&atelier, &["import", "communes", texte(&fichier)]);
    assert_eq!(code(&encore), 0, "{}", plainte(&encore));
    assert_eq!(connues(), 9_999);
}

#[test]
fn a_command_whose_reader_left_ends_in_silence() {
    let atelier = Atelier::new();
    let mut enfant = commande(&atelier, &["check"])
        .env("RELEVE_COURRIEL", "memory://")
        .env(
            "RELEVE_SECRET",
            "un-secret-assez-long-pour-un-essai-de-commande",
        )
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(enfant.stdout.take());
    let sortie = enfant.wait_with_output().expect("ended");
    assert_eq!(code(&sortie), 141, "{}", plainte(&sortie));
    assert_eq!(plainte(&sortie), "");
}
