//! The components in Chromium: accessible in both themes and at 320 pixels, improved by the script, usable without.

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::harness::Browser;
use crate::util::TestApp;
use crate::util::builders::Decor;

fn demonstration() -> TestApp {
    let app = TestApp::start_with(&[("RELEVE_MODE", "demo")]);
    Decor::new(&app).region_93();
    app
}

async fn js(browser: &Browser, script: &str) -> Value {
    browser
        .client
        .execute(script, vec![])
        .await
        .unwrap_or_else(|erreur| panic!("{script}: {erreur}"))
}

async fn taper(browser: &Browser, texte: &str) {
    let champ = browser.client.active_element().await.unwrap();
    champ.send_keys(texte).await.unwrap();
}

#[actix_web::test]
async fn la_planche_est_accessible_partout() {
    let app = demonstration();
    let browser = Browser::start().await;
    browser.goto(&format!("{}/_specimen", app.adresse)).await;
    browser.inspect("planche").await;
    browser.screenshot("planche").await;
}

#[actix_web::test]
async fn le_resume_des_erreurs_prend_la_main_et_mene_au_champ() {
    let app = demonstration();
    let browser = Browser::start().await;
    browser.goto(&format!("{}/_specimen", app.adresse)).await;
    browser
        .until(
            "return document.activeElement.id || document.activeElement.className",
            json!("resume-erreurs"),
        )
        .await;
    browser.click("Le numéro RPPS compte onze chiffres").await;
    browser
        .until("return document.activeElement.id", json!("champ-rpps"))
        .await;
}

#[actix_web::test]
async fn une_commune_se_choisit_au_clavier() {
    const CHOISIE: &str = "return document.querySelector('input[name=commune]').value";
    let app = demonstration();
    let browser = Browser::start().await;
    browser.goto(&format!("{}/_specimen", app.adresse)).await;
    js(
        &browser,
        "const c = document.getElementById('champ-commune'); c.value = ''; c.focus();",
    )
    .await;
    taper(&browser, "131").await;
    browser.until("return [...document.querySelectorAll('[role=option]')].map((o) => o.firstChild.textContent).sort()",
        json!(["Aix-en-Provence", "Port-de-Bouc"]),
    )
    .await;
    browser.axe().await;
    browser.press(Key::Down).await;
    browser.press(Key::Down).await;
    let deuxieme = js(
        &browser,
        "return document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).firstChild.textContent",
    )
    .await;
    browser.press(Key::Enter).await;
    let insee = match deuxieme.as_str() {
        Some("Aix-en-Provence") => "13001",
        Some("Port-de-Bouc") => "13077",
        autre => panic!("{autre:?} was active"),
    };
    browser.until(CHOISIE, json!(insee)).await;
    browser
        .until(
            "return document.querySelector('.liste-flottante').hidden",
            json!(true),
        )
        .await;
    // Typing again forgets the commune: what is sent is never what is not shown.
    taper(&browser, "x").await;
    browser.until(CHOISIE, json!("")).await;
}

#[actix_web::test]
async fn la_file_se_parcourt_au_clavier() {
    const COURANTE: &str = "return document.querySelector('[data-courante] a')?.textContent";
    const COCHES: &str = "return document.querySelectorAll('input[name=dossier]:checked').length";
    let app = demonstration();
    let browser = Browser::start().await;
    browser.goto(&format!("{}/_specimen", app.adresse)).await;
    browser
        .until(
            "return document.querySelector('[data-lot]').hidden",
            json!(true),
        )
        .await;
    taper(&browser, "jj").await;
    browser.until(COURANTE, json!("131-2026-000042")).await;
    taper(&browser, "x").await;
    browser.until(COCHES, json!(1)).await;
    browser.see("1 dossier choisi").await;
    taper(&browser, "k").await;
    browser.until(COURANTE, json!("131-2026-000038")).await;
    taper(&browser, "?").await;
    browser.see("Au clavier").await;
    browser.axe().await;
    // The letters can be turned off, for those who dictate.
    browser.press(Key::Space).await;
    browser.click("Fermer l’aide").await;
    taper(&browser, "j").await;
    browser.until(COURANTE, json!("131-2026-000038")).await;
}

#[actix_web::test]
async fn sans_javascript_tout_reste_la() {
    let app = demonstration();
    let browser = Browser::without_javascript().await;
    browser.goto(&format!("{}/_specimen", app.adresse)).await;
    browser.see("Martigues (13500, Bouches-du-Rhône)").await;
    browser.see("Prendre en charge").await;
    for bouton in ["Chercher", "Déclarer ma cessation"] {
        let chemin = format!("//button[normalize-space() = '{bouton}']");
        let trouve = browser.client.find(Locator::XPath(&chemin)).await.unwrap();
        assert!(trouve.is_displayed().await.unwrap(), "{bouton}");
    }
}
