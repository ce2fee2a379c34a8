//! The specimen: every component, well formed, with nothing that the security policy would block.

use std::collections::BTreeSet;

use crate::util::TestApp;

/// The values of an attribute, in order.
fn attributs<'a>(html: &'a str, nom: &str) -> Vec<&'a str> {
    let motif = format!(" {nom}=\"");
    html.split(motif.as_str())
        .skip(1)
        .map(|suite| suite.split('"').next().unwrap())
        .collect()
}

#[actix_web::test]
async fn la_planche_n_existe_que_dans_la_demonstration() {
    let app = TestApp::start();
    assert_eq!(app.client().get("/_specimen").await.statut, 404);
}

#[actix_web::test]
async fn la_planche_est_bien_formee() {
    let app = TestApp::start_with(&[("RELEVE_MODE", "demo")]);
    let page = app.client().get("/_specimen").await;
    assert_eq!(page.statut, 200, "{}", page.html);
    let html = page.html.as_str();

    let ids = attributs(html, "id");
    let uniques: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), uniques.len(), "an id is used twice");
    let ancres = attributs(html, "href")
        .into_iter()
        .filter_map(|h| h.strip_prefix('#'))
        .filter(|a| !a.is_empty());
    let renvois = [
        "for",
        "aria-describedby",
        "aria-labelledby",
        "aria-controls",
    ];
    for cible in renvois
        .iter()
        .flat_map(|nom| attributs(html, nom))
        .flat_map(str::split_whitespace)
        .chain(ancres)
    {
        assert!(uniques.contains(cible), "nothing has the id {cible}");
    }

    assert!(attributs(html, "style").is_empty(), "an inline style");
    assert!(
        !html.contains(" onclick=") && !html.contains(" onsubmit="),
        "an inline handler"
    );
    for script in html.split("<script").skip(1) {
        assert!(
            script.starts_with(" src=\"/static/") && script.contains("></script>"),
            "an inline script"
        );
    }
    assert_eq!(html.matches("<h1").count(), 1);
    assert!(html.contains("Démonstration&nbsp;:"));
}

#[actix_web::test]
async fn chaque_erreur_se_lit_pres_de_son_champ_et_dans_le_resume() {
    let app = TestApp::start_with(&[("RELEVE_MODE", "demo")]);
    let html = app.client().get("/_specimen").await.html;
    assert!(html.contains("<title>Erreur&nbsp;: "));
    for (champ, debut) in [
        ("rpps", "Le numéro RPPS compte onze chiffres"),
        ("cessation", "Février 2026 n’a que 28 jours"),
        ("commune", "Choisissez une commune dans la liste"),
    ] {
        assert!(
            html.contains(&format!("<a href=\"#champ-{champ}\">{debut}")),
            "{champ}: not in the summary"
        );
        let saisie = html
            .split(&format!("id=\"champ-{champ}\""))
            .nth(1)
            .unwrap()
            .split('>')
            .next()
            .unwrap();
        assert!(
            saisie.contains("aria-invalid=\"true\""),
            "{champ}: {saisie}"
        );
        assert!(
            saisie.contains(&format!("champ-{champ}-erreur")),
            "{champ}: {saisie}"
        );
        let message = html
            .split(&format!("id=\"champ-{champ}-erreur\""))
            .nth(1)
            .unwrap();
        assert!(
            message.split("</p>").next().unwrap().contains(debut),
            "{champ}"
        );
    }
    // What was typed is still there.
    assert!(html.contains("value=\"1000345678\"") && html.contains("value=\"31/02/2026\""));
}

/// The names written in the `class` attributes of a template, leaving out those it computes.
fn classes(source: &str) -> Vec<String> {
    let mut noms = Vec::new();
    for attribut in attributs(source, "class") {
        let mut texte = attribut.to_owned();
        for (debut, fin, remplace) in [("{%", "%}", " "), ("{{", "}}", "\0")] {
            while let Some(i) = texte.find(debut) {
                let j = texte[i..].find(fin).unwrap() + i + fin.len();
                texte.replace_range(i..j, remplace);
            }
        }
        noms.extend(
            texte
                .split_whitespace()
                .filter(|c| !c.contains('\0'))
                .map(str::to_owned),
        );
    }
    noms
}

#[test]
fn chaque_classe_des_gabarits_est_dessinee() {
    let racine = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let css = std::fs::read_to_string(racine.join("static/releve.css")).unwrap();
    let mut inconnues = Vec::new();
    for chemin in crate::forme::typographie::tous_les_gabarits() {
        for classe in classes(&std::fs::read_to_string(&chemin).unwrap()) {
            let motif = format!(".{classe}");
            let dessinee = css.match_indices(&motif).any(|(i, _)| {
                !css[i + motif.len()..]
                    .starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_')
            });
            if !dessinee {
                inconnues.push(format!("{}: {classe}", chemin.display()));
            }
        }
    }
    assert!(
        inconnues.is_empty(),
        "not in static/releve.css:\n{}",
        inconnues.join("\n")
    );
}
