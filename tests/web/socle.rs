//! The ground every page stands on.

use crate::util::TestApp;

#[actix_web::test]
async fn la_page_d_accueil_repond_avec_les_en_tetes_de_securite() {
    let app = TestApp::start();
    let page = app.client().get("/").await;
    assert_eq!(page.statut, 200, "{}", page.html);
    assert!(page.texte().contains("Un départ, une arrivée"));
    let csp = page.entetes["content-security-policy"]
        .to_str()
        .expect("text");
    assert!(
        csp.contains("default-src 'none'") && !csp.contains("unsafe"),
        "{csp}"
    );
    assert_eq!(page.entetes["x-content-type-options"], "nosniff");
}

#[actix_web::test]
async fn une_adresse_inconnue_repond_404_dans_la_mise_en_page() {
    let app = TestApp::start();
    let page = app.client().get("/nulle-part").await;
    assert_eq!(page.statut, 404);
    assert!(page.texte().contains("Page introuvable"));
}

#[actix_web::test]
async fn la_sonde_interroge_la_base() {
    let app = TestApp::start();
    let page = app.client().get("/sante").await;
    assert_eq!((page.statut, page.html.as_str()), (200, "ok"));
}
