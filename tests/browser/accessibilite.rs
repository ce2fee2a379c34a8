//! What axe-core does not look at: structure of pages, names, sizes, spaced and enlarged text, colours of edges, and
//! whole tasks done with Tab, Enter and arrows. The criteria and what each test covers: docs/accessibilite.md.

use std::collections::BTreeMap;

use fantoccini::Locator;
use regles::droits::Role;
use serde_json::{Value, json};

use super::deux::{connecter, ouvrir};
use super::harness::{Browser, within};
use super::inspection::View;
use crate::util::Caisse;
use crate::util::compte::CompteTest;

const EXAMEN: &str = include_str!("accessibilite.js");

/// What one of the functions of `accessibilite.js` answers.
async fn lire(n: &Browser, fonction: &str) -> Value {
    let script = format!("{EXAMEN}\nreturn {fonction}();");
    within(fonction, n.client.execute(&script, vec![]))
        .await
        .unwrap_or_else(|erreur| panic!("{fonction}: {erreur}"))
}

/// The faults that a function finds, with where it looked.
async fn fautes(n: &Browser, ou: &str, fonction: &str) -> Vec<String> {
    let Value::Array(lues) = lire(n, fonction).await else {
        return Vec::new();
    };
    lues.iter()
        .map(|faute| format!("{ou}, {fonction}: {}", faute.as_str().unwrap_or("?")))
        .collect()
}

async fn largeur(n: &Browser, largeur: u32) {
    let metriques =
        json!({ "width": largeur, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    n.cdp("Emulation.setDeviceMetricsOverride", metriques).await;
}

/// Controls and pictures that the accessibility tree gives no name.
async fn sans_nom(n: &Browser, ou: &str) -> Vec<String> {
    const NOMMES: &[&str] = &[
        "button",
        "link",
        "textbox",
        "searchbox",
        "checkbox",
        "radio",
        "combobox",
        "spinbutton",
        "DisclosureTriangle",
        "Date",
        "image",
        "img",
        "Iframe",
        "dialog",
        "progressbar",
        "table",
        "navigation",
        "region",
        "search",
        "figure",
    ];
    let arbre = n.cdp("Accessibility.getFullAXTree", json!({})).await;
    let noeuds = arbre["nodes"].as_array().expect("an accessibility tree");
    assert!(noeuds.len() > 10, "{ou}: the accessibility tree is empty");
    noeuds
        .iter()
        .filter(|noeud| noeud["ignored"] == json!(false))
        .filter(|noeud| NOMMES.contains(&noeud["role"]["value"].as_str().unwrap_or_default()))
        .filter(|noeud| {
            let nom = noeud["name"]["value"].as_str().unwrap_or_default();
            nom.trim().is_empty()
        })
        .map(|noeud| format!("{ou}: {} without a name", noeud["role"]["value"]))
        .collect()
}

/// How many elements of the accessibility tree have this role.
async fn comptes(n: &Browser, role: &str) -> usize {
    let arbre = n.cdp("Accessibility.getFullAXTree", json!({})).await;
    let noeuds = arbre["nodes"].as_array().expect("an accessibility tree");
    noeuds
        .iter()
        .filter(|noeud| noeud["ignored"] == json!(false) && noeud["role"]["value"] == json!(role))
        .count()
}

/// Everything that is asked of the page shown.
async fn examiner(n: &Browser, ou: &str) -> Vec<String> {
    n.look_as(View::Desktop).await;
    let mut trouve = fautes(n, ou, "structure").await;
    trouve.extend(sans_nom(n, ou).await);
    for fonction in ["targets", "edges", "moves"] {
        trouve.extend(fautes(n, ou, fonction).await);
    }
    for reglage in ["space", "enlarge"] {
        lire(n, reglage).await;
        trouve.extend(fautes(n, &format!("{ou} ({reglage})"), "cut").await);
        lire(n, "plain").await;
    }
    n.look_as(View::Dark).await;
    trouve.extend(fautes(n, &format!("{ou} (dark)"), "edges").await);
    // 1280 pixels at 200 %, then 400 %, the narrower with spaced text too.
    for pixels in [640, 320] {
        largeur(n, pixels).await;
        trouve.extend(fautes(n, &format!("{ou} ({pixels} px)"), "cut").await);
        trouve.extend(fautes(n, &format!("{ou} ({pixels} px)"), "targets").await);
    }
    lire(n, "space").await;
    trouve.extend(fautes(n, &format!("{ou} (320 px, space)"), "cut").await);
    n.look_as(View::Desktop).await;
    trouve
}

/// Presses a key for the browser itself, as a hand would: Tab moves, Enter follows.
async fn touche(n: &Browser, touche: &str) {
    let (code, texte) = match touche {
        "Tab" => (9, ""),
        "Enter" => (13, "\r"),
        " " => (32, " "),
        "ArrowUp" => (38, ""),
        "ArrowDown" => (40, ""),
        autre => panic!("the key {autre} is not known here"),
    };
    for sens in ["keyDown", "keyUp"] {
        let mut geste = json!({ "type": sens, "key": touche, "windowsVirtualKeyCode": code });
        if sens == "keyDown" && !texte.is_empty() {
            geste["text"] = json!(texte);
        }
        n.cdp("Input.dispatchKeyEvent", geste).await;
    }
}

async fn taper(n: &Browser, texte: &str) {
    n.cdp("Input.insertText", json!({ "text": texte })).await;
}

/// Presses Tab until the focus is on what carries these words.
async fn tabuler(n: &Browser, mots: &str) {
    let mut vus = Vec::new();
    for _ in 0..120 {
        touche(n, "Tab").await;
        let ici = lire(n, "named").await;
        let ici = ici.as_str().unwrap_or_default().to_owned();
        if ici.contains(mots) {
            return;
        }
        vus.push(ici);
    }
    panic!("Tab does not lead to «{mots}» but to {vus:#?}");
}

/// Walks the page with Tab: the order is that of the document, the focus shows, and one gets out at the end.
async fn parcourir(n: &Browser, ou: &str) -> Vec<String> {
    lire(n, "begin").await;
    let (mut trouve, mut avant) = (Vec::new(), -1);
    for pas in 0..250 {
        touche(n, "Tab").await;
        let ici = lire(n, "focused").await;
        let place = ici["place"].as_i64().unwrap_or(-1);
        if place < 0 {
            assert!(pas > 4, "{ou}: the keyboard reaches {pas} controls only");
            return trouve;
        }
        if place < avant {
            trouve.push(format!("{ou}: the keyboard goes back to {}", ici["who"]));
        }
        avant = place;
        let fautes = ici["faults"].as_array().cloned().unwrap_or_default();
        trouve.extend(fautes.iter().map(|faute| format!("{ou}: {faute}")));
    }
    panic!("{ou}: the keyboard does not get out of the page");
}

struct Monde {
    caisse: Caisse,
    kine: CompteTest,
    responsable: CompteTest,
}

const DOSSIER: &str = "/dossiers/131-2026-000001";

impl Monde {
    fn new() -> Monde {
        let caisse = Caisse::start();
        let kine = caisse.app.compte(Role::Kine, None);
        let responsable = caisse.app.compte(Role::Responsable, Some("131"));
        caisse.deux_demandes(&kine);
        Monde {
            caisse,
            kine,
            responsable,
        }
    }

    async fn aller(&self, n: &Browser, chemin: &str) {
        n.goto(&format!("{}{chemin}", self.caisse.app.adresse))
            .await;
    }
}

const PUBLIQUES: &[&str] = &[
    "/",
    "/connexion",
    "/inscription",
    "/zones",
    "/projet",
    "/plan",
    "/accessibilite",
    "/donnees-personnelles",
];
const DU_KINE: &[&str] = &[
    "/espace",
    "/demandes/131-2026-000001",
    "/demandes/nouvelle",
    "/mes-departs/nouveau",
    "/espace/reglages",
];
const DE_LA_CAISSE: &[&str] = &[
    "/dossiers",
    DOSSIER,
    "/dossiers/131-2026-000001/pieces",
    "/dossiers/131-2026-000001/demander-pieces",
    "/grand-livre",
    "/supervision",
    "/supervision/statistiques",
    "/parametres",
];

#[actix_web::test]
async fn les_pages_se_lisent_sans_les_voir() {
    let m = Monde::new();
    let n = Browser::start().await;
    let mut trouve = Vec::new();
    let mut titres: BTreeMap<String, &str> = BTreeMap::new();
    for (qui, chemins) in [
        (None, PUBLIQUES),
        (Some(&m.kine), DU_KINE),
        (Some(&m.responsable), DE_LA_CAISSE),
    ] {
        if let Some(qui) = qui {
            n.client.delete_all_cookies().await.expect("cookies");
            connecter(&n, &m.caisse, qui).await;
        }
        for chemin in chemins {
            m.aller(&n, chemin).await;
            assert_eq!(n.path().await, *chemin);
            let titre = n.client.title().await.expect("a title");
            assert!(titre.ends_with(" — Relève"), "{chemin}: {titre}");
            if let Some(autre) = titres.insert(titre, chemin) {
                trouve.push(format!("{chemin} has the title of {autre}"));
            }
            trouve.extend(examiner(&n, chemin).await);
        }
    }
    assert!(trouve.is_empty(), "{}", trouve.join("\n"));
}

#[actix_web::test]
async fn un_tableau_devenu_cartes_reste_un_tableau() {
    let m = Monde::new();
    let n = ouvrir(&m.caisse, &m.responsable, true).await;
    m.aller(&n, "/dossiers").await;
    let lignes = comptes(&n, "row").await;
    assert_eq!(comptes(&n, "table").await, 1);
    assert!(comptes(&n, "columnheader").await > 4);
    let cellules = comptes(&n, "cell").await;
    assert!(cellules > 8, "{cellules} cells");
    largeur(&n, 320).await;
    let cartes =
        "return getComputedStyle(document.querySelector('.tableau--cartes tbody tr')).display";
    n.until(cartes, json!("grid")).await;
    assert_eq!(comptes(&n, "table").await, 1);
    assert_eq!(comptes(&n, "cell").await, cellules);
    // The header is not shown: each cell says its own in words.
    assert_eq!(comptes(&n, "row").await, lignes - 1);
}

#[actix_web::test]
async fn le_clavier_va_partout_dans_l_ordre_et_se_voit() {
    let m = Monde::new();
    let n = ouvrir(&m.caisse, &m.responsable, true).await;
    let mut trouve = Vec::new();
    for chemin in ["/dossiers", DOSSIER, "/supervision/statistiques"] {
        m.aller(&n, chemin).await;
        trouve.extend(parcourir(&n, chemin).await);
    }
    n.client.delete_all_cookies().await.expect("cookies");
    connecter(&n, &m.caisse, &m.kine).await;
    for chemin in ["/espace", "/mes-departs/nouveau"] {
        m.aller(&n, chemin).await;
        trouve.extend(parcourir(&n, chemin).await);
    }
    assert!(trouve.is_empty(), "{}", trouve.join("\n"));
}

#[actix_web::test]
async fn une_demande_se_prepare_au_clavier_seul() {
    let m = Monde::new();
    let n = ouvrir(&m.caisse, &m.kine, true).await;
    m.aller(&n, "/demandes/nouvelle").await;
    tabuler(&n, "Je succède à un confrère").await;
    touche(&n, "ArrowUp").await;
    assert_eq!(
        lire(&n, "named").await,
        json!("Mon projet n’est pas soumis à la régulation")
    );
    tabuler(&n, "Continuer").await;
    touche(&n, "Enter").await;
    n.see("Étape 2 sur 3").await;
    // Sent empty: the focus goes to the summary, which leads to the field, which says its error.
    tabuler(&n, "Vérifier ma demande").await;
    touche(&n, "Enter").await;
    n.see("points sont à corriger").await;
    let fautes = examiner(&n, "form with errors").await;
    assert!(fautes.is_empty(), "{}", fautes.join("\n"));
    touche(&n, "Tab").await;
    touche(&n, "Enter").await;
    assert_eq!(
        lire(&n, "named").await,
        json!("Commune où vous voulez exercer")
    );
    taper(&n, "Martigues").await;
    let option = Locator::Css("[role=option]");
    within("waiting for communes", n.client.wait().for_element(option))
        .await
        .expect("communes to choose from");
    touche(&n, "ArrowDown").await;
    touche(&n, "Enter").await;
    tabuler(&n, "Adresse du lieu d’exercice").await;
    taper(&n, "12 quai des Anglais").await;
    tabuler(&n, "Oui").await;
    touche(&n, " ").await;
    tabuler(&n, "Année d’entrée en formation").await;
    taper(&n, "2015").await;
    tabuler(&n, "Vérifier ma demande").await;
    touche(&n, "Enter").await;
    n.see("Vérifiez et envoyez votre demande").await;
    let fautes = parcourir(&n, "what is checked before sending").await;
    assert!(fautes.is_empty(), "{}", fautes.join("\n"));
}

#[actix_web::test]
async fn un_dossier_de_la_file_s_ouvre_et_se_prend_avec_tab_et_entree() {
    let m = Monde::new();
    let n = ouvrir(&m.caisse, &m.caisse.instructeur, true).await;
    m.aller(&n, "/dossiers").await;
    touche(&n, "Tab").await;
    assert_eq!(lire(&n, "named").await, json!("Aller au contenu"));
    touche(&n, "Enter").await;
    tabuler(&n, "À personne").await;
    touche(&n, "Enter").await;
    n.see("Filtres actifs").await;
    tabuler(&n, "131-2026-000001").await;
    // The box of the line comes before its link.
    touche(&n, " ").await;
    n.see("1 dossier choisi").await;
    tabuler(&n, "131-2026-000001").await;
    touche(&n, "Enter").await;
    n.see("Ce que disent les règles").await;
    tabuler(&n, "Prendre en charge").await;
    touche(&n, "Enter").await;
    n.see("Vous suivez ce dossier").await;
}

#[actix_web::test]
async fn l_examen_voit_les_fautes() {
    const FAUTIVE: &str = "data:text/html;charset=utf-8,<!doctype html><title>Fautive</title><body>\
        <h2>Avant</h2><h1>Un</h1><h3>Trop bas</h3><main><table><tr><td>1</td></tr></table>\
        <p style='width:40px;height:12px;overflow:hidden'>coupé de partout</p>\
        <input style='border:1px solid %23eee;outline:0' aria-describedby='absent'>\
        <button style='padding:0;width:9px;height:9px;transition:color 1s;outline:0'></button>\
        <button style='padding:0;width:9px;height:9px'></button></main>";
    let n = Browser::start().await;
    n.goto(FAUTIVE).await;
    let fautes = examiner(&n, "faulty").await.join("\n");
    for attendue in [
        "in French",
        "level 3 after level 1",
        "0 landmark contentinfo",
        "without a title",
        "names absent",
        "\"button\" without a name",
        "target of 9 × 9",
        "cut: <p>",
        "edge at 1.",
        "moves: <button>",
    ] {
        assert!(fautes.contains(attendue), "«{attendue}» is not in {fautes}");
    }
    touche(&n, "Tab").await;
    let ici = lire(&n, "focused").await.to_string();
    assert!(ici.contains("the focus does not show"), "{ici}");
}
