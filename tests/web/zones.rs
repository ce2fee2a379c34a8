//! The public pages on zones, ZON-6: by date, and never a guess.

use crate::util::TestApp;
use crate::util::builders::Decor;

fn app() -> TestApp {
    let app = TestApp::start();
    Decor::new(&app).region_93();
    app
}

#[actix_web::test]
async fn une_commune_se_cherche_sans_accent_ni_casse() {
    let app = app();
    let page = app.client().get("/zones?q=MARTIG").await;
    assert_eq!(page.statut, 200);
    assert!(page.texte().contains("Martigues"), "{}", page.texte());
    let json = app.client().get("/communes?q=martig").await;
    assert!(json.html.contains(r#""nom":"Martigues""#), "{}", json.html);
}

#[actix_web::test]
async fn une_recherche_sans_resultat_dit_quoi_faire() {
    let page = app().client().get("/zones?q=Nulle-Part").await;
    assert!(page.texte().contains("Aucune commune trouvée"));
}

#[actix_web::test]
async fn la_zone_depend_de_la_date_et_le_passe_sans_arrete_ne_se_devine_pas() {
    let app = app();
    let aujourd_hui = app.client().get("/zones/13056").await;
    assert!(
        aujourd_hui.texte().contains("non prioritaire"),
        "{}",
        aujourd_hui.texte()
    );
    let avant = app.client().get("/zones/13056?date=01/01/2010").await;
    assert_eq!(avant.statut, 200);
    assert!(
        avant
            .texte()
            .contains("Pas de réponse : aucun arrêté de zonage"),
        "{}",
        avant.texte()
    );
    assert!(!avant.texte().contains("non prioritaire"));
}

#[actix_web::test]
async fn une_date_illisible_est_dite_et_gardee() {
    let page = app().client().get("/zones/13056?date=32/13/2026").await;
    assert!(page.html.contains("32/13/2026"));
    assert!(
        page.texte().contains("Un point est à corriger"),
        "{}",
        page.texte()
    );
}

#[actix_web::test]
async fn une_commune_inconnue_repond_404() {
    assert_eq!(app().client().get("/zones/99999").await.statut, 404);
    assert_eq!(app().client().get("/zones/<script>").await.statut, 404);
}
