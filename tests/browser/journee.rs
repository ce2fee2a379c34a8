//! The screens of a day's work, measured in the browser: what is in sight without scrolling, and what the keys do. A height
//! is a layout, not a time.

use regles::demande::EtatDemande;
use serde_json::json;

use super::deux::ouvrir;
use super::harness::Browser;
use crate::util::Caisse;

/// Where the first row of the queue begins, from the top of the window, in CSS pixels.
const PREMIERE_LIGNE: &str = "return Math.round(document.querySelector('[data-ligne]').getBoundingClientRect().top + scrollY)";

async fn mesure(n: &Browser, script: &str) -> i64 {
    let valeur = n.client.execute(script, vec![]).await.expect("a measure");
    valeur.as_i64().expect("pixels")
}

async fn taille(n: &Browser, largeur: u32, hauteur: u32) {
    let metriques =
        json!({"width": largeur, "height": hauteur, "deviceScaleFactor": 1, "mobile": false});
    n.cdp("Emulation.setDeviceMetricsOverride", metriques).await;
}

#[actix_web::test]
async fn la_file_est_en_vue_et_ses_colonnes_la_trient() {
    let caisse = Caisse::start();
    for i in 1..=3 {
        caisse.succession(i, EtatDemande::Complete);
    }
    let n = ouvrir(&caisse, &caisse.instructeur, true).await;
    taille(&n, 1440, 900).await;
    for filtre in [
        "",
        "?nature=demande",
        "?nature=demande&suivi=personne&etat=tous",
    ] {
        n.goto(&format!("{}/dossiers{filtre}", caisse.app.adresse))
            .await;
        let y = mesure(&n, PREMIERE_LIGNE).await;
        assert!(y < 300, "{filtre}: the first row is at {y}");
    }
    n.inspect("journee-file").await;
    n.goto(&format!("{}/dossiers?nature=demande", caisse.app.adresse))
        .await;
    n.click("Déposée le").await;
    n.arrive("tri=depot").await;
    n.see("le plus ancien d’abord").await;
    n.until(
        "return document.querySelector('[aria-sort]').getAttribute('aria-sort')",
        json!("ascending"),
    )
    .await;
    n.click("Déposée le").await;
    n.arrive("tri=-depot").await;
    n.see("le plus récent d’abord").await;
    // 200 % of zoom: half the window in each direction.
    taille(&n, 720, 450).await;
    n.goto(&format!("{}/dossiers", caisse.app.adresse)).await;
    let y = mesure(&n, PREMIERE_LIGNE).await;
    assert!(y < 430, "at 200 %, the first row is at {y}");
}

#[actix_web::test]
async fn un_dossier_tient_en_un_ecran_et_demi() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, EtatDemande::Deposee);
    let n = ouvrir(&caisse, &caisse.instructeur, true).await;
    taille(&n, 1440, 900).await;
    n.goto(&format!("{}/dossiers/{}", caisse.app.adresse, s.numero))
        .await;
    let hauteur = mesure(&n, "return document.documentElement.scrollHeight").await;
    assert!(hauteur <= 1350, "the file is {hauteur} pixels high");
    // What is to be done stays in sight to the end of the page.
    n.client
        .execute("scrollTo(0, document.documentElement.scrollHeight)", vec![])
        .await
        .expect("the end");
    let y = mesure(
        &n,
        "return Math.round(document.querySelector('.actes').getBoundingClientRect().top)",
    )
    .await;
    assert!(y >= 0, "the acts left at {y}");
    // What is folded is one click away.
    n.client
        .execute("scrollTo(0, 0)", vec![])
        .await
        .expect("the top");
    n.click("Conditions générales").await;
    n.see("Inscription au tableau de l’Ordre").await;
}
