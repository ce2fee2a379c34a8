//! `releve user create`: an agent's account, its line in the audit trail, and what is refused.

use std::io::Write;
use std::process::{Output, Stdio};

use diesel::prelude::*;
use regles::evenement::{Code, Entree};
use releve::db::DbResult;
use releve::db::schema::{compte, evenement};

use crate::durabilite::processus::commande;
use crate::util::TestApp;
use crate::util::builders::Decor;

const SECRET: &str = "quatre mots sans rapport 7421\n";

fn creer(app: &TestApp, options: &[&str]) -> Output {
    let dossier = tempfile::tempdir().expect("a folder");
    let mut enfant = commande(app, dossier.path(), 1)
        .args(["user", "create", "--prenom", "Sophie", "--nom", "Arnaud"])
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut entree = enfant.stdin.take().expect("its input");
    // A command that refuses its arguments does not read.
    drop(entree.write_all(SECRET.as_bytes()));
    drop(entree);
    enfant.wait_with_output().expect("it ends")
}

fn comptes(app: &TestApp) -> i64 {
    app.state
        .db
        .read(|conn| -> DbResult<_> { Ok(compte::table.count().get_result(conn)?) })
        .expect("accounts")
}

#[test]
fn un_agent_cree_en_ligne_de_commande_laisse_une_trace() {
    let app = TestApp::start();
    Decor::new(&app).region_93();
    let options = [
        "--courriel",
        "Sophie.Arnaud@example.fr",
        "--role",
        "instructeur",
        "--caisse",
        "131",
    ];
    let sortie = creer(&app, &options);
    assert!(sortie.status.success(), "{sortie:?}");
    let (chaine, texte, personnel): (String, String, Option<String>) = app
        .state
        .db
        .read(|conn| -> DbResult<_> {
            Ok(evenement::table
                .filter(evenement::code.eq(Code::CompteAgentCree))
                .select((evenement::chaine, evenement::texte, evenement::personnel))
                .first(conn)?)
        })
        .expect("one line");
    assert!(!texte.contains("Arnaud"), "{texte}");
    let lu = Entree::lire(&texte)
        .and_then(|e| e.evenement(personnel.as_deref()))
        .expect("it reads");
    assert_eq!(lu.acteur.nom, "Ligne de commande");
    let phrase = lu.fait.phrase();
    assert!(phrase.contains("Sophie Arnaud"), "{phrase}");
    assert_eq!(chaine, "131");
    // The same address again.
    let sortie = creer(&app, &options);
    assert_eq!(sortie.status.code(), Some(1));
    let phrase = String::from_utf8_lossy(&sortie.stderr);
    assert!(phrase.contains("Un compte existe déjà"), "{phrase}");
    assert_eq!(comptes(&app), 1);
}

#[test]
fn un_role_qui_ne_va_pas_avec_la_caisse_est_refuse() {
    let app = TestApp::start();
    Decor::new(&app).region_93();
    for (options, attendu) in [
        (&["--role", "kine"][..], "crée son propre compte"),
        (&["--role", "instructeur"], "avec le code de la caisse"),
        (
            &["--role", "auditeur", "--caisse", "131"],
            "les autres sans",
        ),
        (
            &["--role", "instructeur", "--caisse", "999"],
            "Aucune caisse ne porte le code 999",
        ),
    ] {
        let options: Vec<&str> = ["--courriel", "a@example.fr"]
            .iter()
            .chain(options)
            .copied()
            .collect();
        let sortie = creer(&app, &options);
        assert_eq!(sortie.status.code(), Some(2), "{sortie:?}");
        let phrase = String::from_utf8_lossy(&sortie.stderr);
        assert!(phrase.contains(attendu), "{phrase}");
    }
    assert_eq!(comptes(&app), 0);
}
