//! The guides: each of their pictures is a page of the demonstration, looked at here. `scripts/guides` keeps them.

use diesel::prelude::*;
use fantoccini::key::Key;
use releve::db::schema::{compte, dossier, kine};
use releve::db::{AnyConn, DbError};
use releve::demo;

use super::harness::Browser;
use crate::util::TestApp;

/// A picture that a guide wants: its name, who looks (nobody: a visitor), and what at.
struct Capture {
    nom: String,
    compte: String,
    chemin: String,
}

const GUIDES: [&str; 2] = ["docs/guide-kine.md", "docs/guide-cpam.md"];

/// Reads `<!-- capture: NAME ACCOUNT PATH -->`, which stands above each picture.
fn captures(guide: &str) -> Vec<Capture> {
    let texte = std::fs::read_to_string(guide).expect("the guide");
    let voulues: Vec<Capture> = texte
        .lines()
        .filter_map(|l| {
            l.strip_prefix("<!-- capture: ")?
                .strip_suffix(" -->")?
                .split_once(' ')
        })
        .map(|(nom, suite)| {
            let (compte, chemin) = suite.split_once(' ').expect("an account and a path");
            assert!(
                texte.contains(&format!("](images/{nom}.png)")),
                "{guide}: no picture {nom}"
            );
            Capture {
                nom: nom.to_owned(),
                compte: compte.to_owned(),
                chemin: chemin.to_owned(),
            }
        })
        .collect();
    assert_eq!(
        voulues.len(),
        texte.matches("](images/").count(),
        "{guide}: a picture says where it comes from"
    );
    voulues
}

/// `{karim.benali}` in a path stands for the number of this person's request.
fn numero(conn: &mut AnyConn, courriel: &str) -> Result<String, DbError> {
    Ok(dossier::table
        .inner_join(kine::table)
        .inner_join(compte::table.on(compte::id.nullable().eq(kine::compte_id)))
        .filter(compte::courriel.eq(courriel.to_owned()))
        .filter(dossier::nature.eq("demande"))
        .select(dossier::numero)
        .first(conn)?)
}

/// The name that the header shows of an account.
fn nom(app: &TestApp, qui: &str) -> String {
    let lu: Result<String, DbError> = app.state.db.read(|conn| {
        Ok(compte::table
            .filter(compte::courriel.eq(format!("{qui}@example.fr")))
            .select(compte::nom)
            .first(conn)?)
    });
    lu.unwrap_or_else(|e| panic!("{qui}: {e}"))
}

fn resoudre(app: &TestApp, chemin: &str) -> String {
    let Some((avant, suite)) = chemin.split_once('{') else {
        return chemin.to_owned();
    };
    let (qui, apres) = suite.split_once('}').expect("a closing brace");
    let numero = app
        .state
        .db
        .read(|conn| numero(conn, &format!("{qui}@example.fr")))
        .unwrap_or_else(|e| panic!("{qui}: {e}"));
    format!("{avant}{numero}{apres}")
}

async fn regarder(app: &TestApp, guide: &str) {
    let mut qui = String::new();
    let mut n = Browser::start().await;
    for capture in captures(guide) {
        if capture.compte != qui {
            qui.clone_from(&capture.compte);
            n = Browser::start().await;
            if qui != "-" {
                n.goto(&format!("{}/connexion", app.adresse)).await;
                n.fill("Adresse électronique", &format!("{qui}@example.fr"))
                    .await;
                n.fill("Mot de passe", "demonstration-releve").await;
                // A link of the header carries the words of the button.
                n.press(Key::Enter).await;
                n.see(&nom(app, &qui)).await;
            }
        }
        let chemin = resoudre(app, &capture.chemin);
        n.goto(&format!("{}{chemin}", app.adresse)).await;
        n.inspect(&capture.nom).await;
        let lue = n.text().await;
        assert!(
            !lue.contains("Accès réservé") && !lue.contains("introuvable"),
            "{}: {lue}",
            capture.nom
        );
        assert!(
            std::path::Path::new(&format!("docs/images/{}.png", capture.nom)).exists(),
            "docs/images/{}.png: `scripts/guides` makes it",
            capture.nom
        );
    }
}

#[actix_web::test]
async fn les_guides_montrent_des_pages_qui_existent() {
    let app = TestApp::start();
    let dossier = tempfile::tempdir().expect("a folder");
    demo::semer(&app.state, dossier.path())
        .await
        .expect("the demonstration");
    for guide in GUIDES {
        regarder(&app, guide).await;
    }
}
