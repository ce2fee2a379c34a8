//! One vocabulary: what docs/vocabulaire.md refuses is in no template, letter or sentence.

use std::path::{Path, PathBuf};

/// The refused words, as the document lists them, folded.
fn refuses() -> Vec<String> {
    let document = include_str!("../../docs/vocabulaire.md");
    let mut mots = Vec::new();
    for ligne in document.lines().filter(|l| l.starts_with('|')) {
        let colonnes: Vec<&str> = ligne.split('|').collect();
        assert_eq!(colonnes.len(), 4, "{ligne}");
        mots.extend(colonnes[2].split('`').skip(1).step_by(2).map(plier));
    }
    assert!(mots.len() > 20, "{mots:?}");
    mots
}

/// Where the steps of explanations are worded: they are stored and replayed word for word (EXP-2).
const REJOUES: &[&str] = &[
    "crates/regles/src/place.rs",
    "crates/regles/src/conventionnement.rs",
    "crates/regles/src/versement/echeancier.rs",
    "crates/regles/src/eligibilite/installation.rs",
];

/// One kind of space, one kind of apostrophe, no capitals.
fn plier(texte: &str) -> String {
    texte
        .replace("&nbsp;", " ")
        .replace("\\u{a0}", " ")
        .replace(['\u{a0}', '\u{202f}'], " ")
        .replace('\'', "’")
        .to_lowercase()
}

fn sources(dossier: &Path, liste: &mut Vec<PathBuf>) {
    for entree in std::fs::read_dir(dossier).unwrap() {
        let chemin = entree.unwrap().path();
        if chemin.is_dir() {
            sources(&chemin, liste);
        } else if chemin.extension().is_some_and(|e| e == "rs" || e == "html") {
            liste.push(chemin);
        }
    }
}

/// A line of a template without its tags; an expression is a brace.
fn sans_balises(ligne: &str) -> String {
    let mut reste = ligne;
    let mut nue = String::new();
    while let Some((avant, suite)) = reste.split_once('{') {
        nue.push_str(avant);
        let (fin, trou) = match suite.starts_with('{') {
            true => ("}}", "{"),
            false => ("%}", ""),
        };
        nue.push_str(trou);
        reste = suite.split_once(fin).map_or("", |(_, apres)| apres);
    }
    nue + reste
}

/// The refused words of a source, line by line; comments are for who develops.
fn fautes(chemin: &str, source: &str, refuses: &[String]) -> Vec<String> {
    let html = chemin.ends_with(".html");
    let mut fautes = Vec::new();
    for (rang, ligne) in source.lines().enumerate() {
        let nue = ligne.trim_start();
        // A sentence is between quotes, or goes on from the line above.
        let phrase = html || ligne.contains('"') || ligne.contains('’') || !nue.contains("::");
        if nue.starts_with("//") || !phrase {
            continue;
        }
        let pliee = plier(&if html {
            sans_balises(ligne)
        } else {
            ligne.to_owned()
        });
        for mot in refuses {
            // Code writes `(e)`, as in `Err(e)`; a sentence does not put a parenthesis after a letter.
            let trouve = match mot.as_str() {
                "(e)" if !html => false,
                mot => pliee.contains(mot),
            };
            if trouve {
                fautes.push(format!("{chemin}:{}: «{mot}» in {nue}", rang + 1));
            }
        }
    }
    fautes
}

#[test]
fn le_vocabulaire_refuse_n_est_dans_aucune_phrase() {
    let refuses = refuses();
    let racine = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tous = Vec::new();
    for dossier in ["templates", "src", "crates/regles/src", "crates/courriers"] {
        sources(&racine.join(dossier), &mut tous);
    }
    // Words of the generated histories are read by nobody.
    tous.retain(|c| !c.starts_with(racine.join("src/dev")));
    tous.retain(|c| !REJOUES.iter().any(|r| c.ends_with(r)));
    assert!(tous.len() > 100);
    let fautes: Vec<String> = tous
        .iter()
        .flat_map(|c| {
            let source = std::fs::read_to_string(c).unwrap();
            fautes(&c.display().to_string(), &source, &refuses)
        })
        .collect();
    assert!(fautes.is_empty(), "{}", fautes.join("\n"));
}

#[test]
fn un_mot_refuse_se_voit() {
    let refuses = refuses();
    for (chemin, ligne) in [
        ("a.html", "<p>À&nbsp;qui d’agir</p>"),
        ("a.rs", "\"Envoyez-les avant le {}.\""),
        ("a.rs", "    Vous serez prévenu."),
        ("a.html", "Vous êtes inscrit(e)."),
        ("a.rs", "\"L’installation se fait jusqu’au {date}\""),
    ] {
        assert_eq!(fautes(chemin, ligne, &refuses).len(), 1, "{ligne}");
    }
    for (chemin, ligne) in [
        ("a.rs", "/// À qui d’agir"),
        ("a.rs", "        Err(e) => return Err(e),"),
        ("a.html", "au plus tard le {{ fin|date_longue }} (inclus)"),
    ] {
        assert!(fautes(chemin, ligne, &refuses).is_empty(), "{ligne}");
    }
}
