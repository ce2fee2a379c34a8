//! The harness sees what it claims to see; otherwise every browser test would pass for nothing.

use actix_web::{App, HttpResponse, HttpServer, web};
use fantoccini::key::Key;

use super::harness::Browser;
use super::inspection::View;

const FORM: &str = r#"<!doctype html><html lang="fr"><head><title>Essai</title></head><body><main><h1>Essai</h1>
<form action="/lu"><p><label for="nom">Nom d’usage</label> <input id="nom" name="nom" value="ancien"></p>
<p><label for="date">Date d’effet</label> <input id="date" name="date" type="date"></p>
<p><label for="zone">Zone</label> <select id="zone" name="zone"><option value="1">Une</option><option value="2">Deux</option></select></p>
<p><label><input type="checkbox" name="oui" value="oui"> J’ai lu</label></p>
<p><button>Déclarer&nbsp;: c’est dit</button></p></form>
<p id="etat">sans script</p><script src="/script.js"></script></main></body></html>"#;

const FAULTY: &str = r#"<!doctype html><html lang="fr"><head><title>Fautive</title></head><body><main><h1>Fautive</h1>
<img src="data:,"><div style="width: 700px">large</div></main></body></html>"#;

const SCRIPT: &str = "document.getElementById('etat').textContent = 'avec script';";

async fn read(query: web::Query<Vec<(String, String)>>) -> HttpResponse {
    let fields: Vec<String> = query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    page(&format!(
        "<!doctype html><html lang=fr><title>Lu</title><main><h1>Lu</h1><p>{}</p></main>",
        fields.join(" ; ")
    ))
}

fn page(html: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'",
        ))
        .body(html.to_owned())
}

/// Serves the pages above; the address ends without a slash.
fn serve() -> String {
    let server = HttpServer::new(|| {
        App::new()
            .route("/", web::get().to(|| async { page(FORM) }))
            .route("/fautive", web::get().to(|| async { page(FAULTY) }))
            .route("/lu", web::get().to(read))
            .route(
                "/script.js",
                web::get().to(|| async {
                    HttpResponse::Ok()
                        .content_type("text/javascript")
                        .body(SCRIPT)
                }),
            )
    })
    .workers(1)
    .bind(("127.0.0.1", 0))
    .unwrap();
    let address = format!("http://{}", server.addrs()[0]);
    actix_web::rt::spawn(server.run());
    address
}

#[actix_web::test]
async fn fills_and_clicks_what_people_see() {
    let (site, browser) = (serve(), Browser::start().await);
    browser.goto(&site).await;
    browser.press(Key::Tab).await;
    let focused = browser.client.active_element().await.unwrap();
    assert_eq!(focused.attr("id").await.unwrap().as_deref(), Some("nom"));
    assert_eq!(browser.value("Nom d’usage").await, "ancien");
    browser.fill("Nom d’usage", "Dupré").await;
    browser.fill("Date d’effet", "2026-03-12").await;
    browser.fill("Zone", "Deux").await;
    browser.choose("J’ai lu").await;
    browser.click("Déclarer : c’est dit").await;
    browser
        .see("nom=Dupré ; date=2026-03-12 ; zone=2 ; oui=oui")
        .await;
    browser.arrive("/lu?").await;
}

#[actix_web::test]
async fn runs_scripts_only_when_allowed() {
    let site = serve();
    let browser = Browser::start().await;
    browser.goto(&site).await;
    browser.see("avec script").await;
    drop(browser);
    let browser = Browser::without_javascript().await;
    browser.goto(&site).await;
    assert!(browser.text().await.contains("sans script"));
    browser.fill("Nom d’usage", "Dupré").await;
    browser.click("Déclarer : c’est dit").await;
    browser.see("nom=Dupré").await;
}

#[actix_web::test]
async fn a_test_may_open_as_many_browsers_as_it_wants() {
    let site = serve();
    for _ in 0..2 {
        let browsers = [
            Browser::start().await,
            Browser::start().await,
            Browser::start().await,
        ];
        for browser in &browsers {
            browser.goto(&site).await;
            browser.see("Essai").await;
        }
    }
}

#[actix_web::test]
async fn inspects_a_sound_page_and_finds_the_faults_of_a_bad_one() {
    let (site, browser) = (serve(), Browser::start().await);
    browser.goto(&site).await;
    browser.inspect("harness").await;
    browser.screenshot("harness").await;
    for view in ["bureau", "sombre", "320px", "papier"] {
        let picture = format!(
            "{}/target/captures/harness-{view}.png",
            env!("CARGO_MANIFEST_DIR")
        );
        assert!(
            std::fs::metadata(&picture).unwrap().len() > 1_000,
            "{picture}"
        );
    }
    browser.goto(&format!("{site}/fautive")).await;
    let violations = browser.axe_violations().await;
    assert!(
        violations.iter().any(|line| line.contains("image-alt")),
        "{violations:?}"
    );
    browser.look_as(View::Narrow).await;
    let sticks_out = tokio::time::timeout(
        std::time::Duration::from_secs(20),
        actix_web::rt::spawn(async move {
            browser.fits().await;
        }),
    );
    assert!(
        sticks_out.await.unwrap().is_err(),
        "a page of 700 pixels does not fit in 320"
    );
}
