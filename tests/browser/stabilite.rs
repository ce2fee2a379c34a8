//! Nothing on a page moves once it is shown; and how long a gesture takes to be seen, on a build and data of one's own.

use std::time::Duration;

use regles::droits::Role;
use serde_json::{Value, json};

use super::deux::connecter;
use super::harness::{Browser, within};
use super::inspection::View;
use crate::util::Caisse;
use crate::util::compte::CompteTest;

/// What a page may move in all, in the unit of the Layout Instability API: 0.1 is already called good.
const BOUGE_MAX: f64 = 0.01;

/// Waits until the page is whole and two pictures of it were made after the script, then sums what moved.
const BOUGE: &str = r"
const done = arguments[arguments.length - 1];
const sum = () => {
    const told = [];
    const observer = new PerformanceObserver((list) => told.push(...list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
        told.push(...observer.takeRecords());
        const moved = told.filter((entry) => !entry.hadRecentInput);
        done({
            js: document.documentElement.classList.contains('js'),
            value: moved.reduce((all, entry) => all + entry.value, 0),
            what: moved.flatMap((entry) => entry.sources.map((s) => s.node ? (s.node.outerHTML || s.node.textContent).slice(0, 120) : '?')),
        });
    }, 100)));
};
if (document.readyState === 'complete') { sum(); } else { addEventListener('load', sum); }
";

async fn bouge(n: &Browser) -> Value {
    within(
        "measuring what moves",
        n.client.execute_async(BOUGE, vec![]),
    )
    .await
    .expect("a script that measures")
}

struct Monde {
    caisse: Caisse,
    kine: CompteTest,
    administrateur: CompteTest,
}

fn monde() -> Monde {
    let caisse = Caisse::start();
    let kine = caisse.app.compte(Role::Kine, None);
    let administrateur = caisse.app.compte(Role::AdministrateurNational, None);
    caisse.deux_demandes(&kine);
    Monde {
        caisse,
        kine,
        administrateur,
    }
}

#[actix_web::test]
async fn rien_ne_bouge_quand_une_page_s_affiche() {
    let m = monde();
    let n = Browser::start().await;
    // A slow line: the page is painted before the script comes, which then must not move it.
    let ligne = json!({ "offline": false, "latency": 120, "downloadThroughput": 60_000, "uploadThroughput": 60_000 });
    n.cdp("Network.enable", json!({})).await;
    n.cdp("Network.setCacheDisabled", json!({ "cacheDisabled": true }))
        .await;
    n.cdp("Network.emulateNetworkConditions", ligne).await;
    let mut trouve = Vec::new();
    let mut vues = 0;
    for (qui, chemins) in [
        (
            None,
            &["/", "/connexion", "/inscription", "/projet", "/zones"][..],
        ),
        (
            Some(&m.kine),
            &[
                "/espace",
                "/demandes/131-2026-000001",
                "/demandes/nouvelle?nature=hors_regulation",
                "/mes-departs/nouveau",
            ],
        ),
        (
            Some(&m.caisse.instructeur),
            &[
                "/dossiers",
                "/dossiers/131-2026-000001",
                "/dossiers/131-2026-000001/proposer",
                "/dossiers?nature=depart",
                "/grand-livre",
            ],
        ),
        (
            Some(&m.administrateur),
            &[
                "/parametres",
                "/motifs",
                "/supervision/statistiques?caisse=toutes",
            ],
        ),
    ] {
        if let Some(qui) = qui {
            n.client.delete_all_cookies().await.expect("cookies");
            connecter(&n, &m.caisse, qui).await;
        }
        for vue in [View::Desktop, View::Narrow] {
            n.look_as(vue).await;
            for chemin in chemins {
                n.goto(&format!("{}{chemin}", m.caisse.app.adresse)).await;
                let lu = bouge(&n).await;
                assert_eq!(lu["js"], json!(true), "{chemin}: the script did not run");
                vues += 1;
                let valeur = lu["value"].as_f64().unwrap_or(f64::MAX);
                if valeur > BOUGE_MAX {
                    trouve.push(format!("{chemin} ({vue:?}): {valeur:.4}, {}", lu["what"]));
                }
            }
        }
    }
    assert_eq!(vues, 34);
    assert!(trouve.is_empty(), "{}", trouve.join("\n"));
}

#[actix_web::test]
async fn ce_qui_bouge_se_voit() {
    const FAUTIVE: &str = "data:text/html,<html class=js><style>p{height:300px;background:linear-gradient(red,blue)}</style><p>un</p>\
        <script>setTimeout(() => document.body.prepend(Object.assign(document.createElement('p'), {textContent: 'deux'})), 50)</script>";
    let n = Browser::start().await;
    n.goto(FAUTIVE).await;
    n.see("deux").await;
    let lu = bouge(&n).await;
    let valeur = lu["value"].as_f64().unwrap_or(0.0);
    assert!(valeur > BOUGE_MAX, "{lu}");
}

/// The slowest event of the gestures made since the last reading, in milliseconds; shorter than 16 is not told.
const GESTE: &str = r"
const done = arguments[arguments.length - 1];
window.mesures ??= (() => {
    const told = [];
    new PerformanceObserver((list) => told.push(...list.getEntries())).observe({ type: 'event', durationThreshold: 16, buffered: true });
    return told;
})();
requestAnimationFrame(() => setTimeout(() => {
    const told = window.mesures.splice(0);
    done(told.reduce((slowest, entry) => Math.max(slowest, entry.duration), 0));
}, 300));
";

/// From the start of the navigation to the first contents, in milliseconds.
const ARRIVEE: &str = r"
const done = arguments[arguments.length - 1];
const look = () => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    if (paint) { done(paint.startTime); } else { setTimeout(look, 10); }
};
look();
";

async fn mesurer(n: &Browser, script: &str) -> f64 {
    within("measuring", n.client.execute_async(script, vec![]))
        .await
        .expect("a script that measures")
        .as_f64()
        .expect("milliseconds")
}

fn ligne(geste: &str, mut lues: Vec<f64>) {
    lues.sort_by(f64::total_cmp);
    let (mediane, pire) = (lues[lues.len() / 2], lues[lues.len() - 1]);
    let dire = |ms: f64| match ms {
        0.0 => "under 16".to_owned(),
        ms => format!("{ms:.0}"),
    };
    println!("| {geste} | {} | {} |", dire(mediane), dire(pire));
}

/// Prints how long gestures take to be seen, on the demonstration: `cargo run -- demo --port 8080`, then
/// `RELEVE_MESURE=http://127.0.0.1:8080 RELEVE_MESURE_COMPTE=… RELEVE_MESURE_SECRET=… cargo test --test releve
/// browser::stabilite::mesure -- --ignored --nocapture`, with the account of somebody who heads a team.
#[actix_web::test]
#[ignore = "a measure, not a test"]
async fn mesure_des_gestes() {
    let adresse =
        std::env::var("RELEVE_MESURE").expect("RELEVE_MESURE: where the demonstration runs");
    let n = Browser::start().await;
    let aller = async |chemin: &str| n.goto(&format!("{adresse}{chemin}")).await;
    aller("/connexion").await;
    let compte = std::env::var("RELEVE_MESURE_COMPTE")
        .expect("RELEVE_MESURE_COMPTE: the address of an agent");
    let secret = std::env::var("RELEVE_MESURE_SECRET").expect("RELEVE_MESURE_SECRET: the password");
    n.fill("Adresse électronique", &compte).await;
    n.fill("Mot de passe", &secret).await;
    n.press(fantoccini::key::Key::Enter).await;
    n.see("Dossiers").await;
    println!("| geste | médiane (ms) | pire (ms) |\n| --- | ---: | ---: |");
    for (nom, chemin) in [
        ("ouvrir la file", "/dossiers"),
        ("ouvrir les départs", "/dossiers?nature=depart"),
        ("ouvrir le grand livre", "/grand-livre"),
        ("ouvrir la supervision", "/supervision"),
    ] {
        let mut lues = Vec::new();
        for _ in 0..9 {
            aller(chemin).await;
            lues.push(mesurer(&n, ARRIVEE).await);
        }
        ligne(nom, lues);
    }
    let mut dossier = Vec::new();
    for _ in 0..9 {
        aller("/dossiers").await;
        n.client
            .find(fantoccini::Locator::Css("tbody a.numero"))
            .await
            .expect("a file")
            .click()
            .await
            .expect("clicked");
        n.see("Historique").await;
        dossier.push(mesurer(&n, ARRIVEE).await);
    }
    ligne("ouvrir un dossier", dossier);
    for (nom, chemin, selecteur) in [
        (
            "ouvrir les filtres de la file",
            "/dossiers",
            "main details summary",
        ),
        (
            "ouvrir le menu du compte",
            "/dossiers",
            ".compte-menu summary",
        ),
        (
            "cocher un dossier",
            "/dossiers",
            "tbody input[type=checkbox]",
        ),
    ] {
        let mut lues = Vec::new();
        aller(chemin).await;
        mesurer(&n, GESTE).await;
        for _ in 0..9 {
            let cible = n.client.find(fantoccini::Locator::Css(selecteur)).await;
            cible.expect(selecteur).click().await.expect("clicked");
            lues.push(mesurer(&n, GESTE).await);
        }
        ligne(nom, lues);
    }
    aller("/dossiers").await;
    mesurer(&n, GESTE).await;
    let mut lues = Vec::new();
    for touche in ["j", "j", "x", "j", "x", "k", "j", "j", "x"] {
        let corps = n.client.active_element().await.expect("a focus");
        corps.send_keys(touche).await.expect("typed");
        lues.push(mesurer(&n, GESTE).await);
    }
    ligne("j, k, x dans la file", lues);
    aller("/projet").await;
    mesurer(&n, GESTE).await;
    let mut lues = Vec::new();
    let champ = n
        .client
        .find(fantoccini::Locator::Css("[data-commune] input.saisie"))
        .await
        .expect("a field");
    for lettre in ["M", "a", "r", "s", "e", "i", "l", "l", "e"] {
        champ.send_keys(lettre).await.expect("typed");
        tokio::time::sleep(Duration::from_millis(150)).await;
        lues.push(mesurer(&n, GESTE).await);
    }
    ligne("taper une commune", lues);
}
