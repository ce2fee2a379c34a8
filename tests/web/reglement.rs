//! EXP-4: what a rule says, to whoever it is applied to.

use regles::enonce;

use crate::util::Caisse;

#[actix_web::test]
async fn exp_4_chaque_regle_se_lit_avec_ses_valeurs_a_chaque_date() {
    let caisse = Caisse::start();
    let visiteur = caisse.app.client();
    let liste = visiteur.get("/regles").await;
    assert_eq!(liste.statut, 200);
    for regle in enonce::tous().expect("sentences") {
        let adresse = format!("/regles/{}", regle.adresse);
        assert!(
            liste.html.contains(&format!("href=\"{adresse}\"")),
            "{adresse}"
        );
        // What no person reads is refused on each by the client itself.
        let page = visiteur.get(&adresse).await;
        assert_eq!(page.statut, 200, "{adresse}");
    }
    let page = visiteur.get("/regles/delai-pour-designer").await.texte();
    for attendu in [
        "Délai pour désigner",
        "court à compter de la cessation",
        "Convention nationale des masseurs-kinésithérapeutes, article 1.2",
        "2 ans depuis le 26 août 2023",
        "2 ans du 16 mai 2007 au 25 août 2023",
    ] {
        assert!(page.contains(attendu), "«{attendu}» is not in {page}");
    }
    for inconnue in ["/regles/REG-5", "/regles/place.delai_designation"] {
        assert_eq!(visiteur.get(inconnue).await.statut, 404, "{inconnue}");
    }
    assert!(
        visiteur
            .get("/plan")
            .await
            .html
            .contains("href=\"/regles\"")
    );
}

#[actix_web::test]
async fn exp_4_une_explication_mene_a_la_regle() {
    let caisse = Caisse::start();
    let page = caisse
        .app
        .client()
        .get("/projet?commune=13056&entree_formation=2015")
        .await;
    let texte = page.texte();
    assert!(
        page.html.contains("href=\"/regles/installation-libre\""),
        "{}",
        page.html
    );
    assert!(
        texte.contains("Convention nationale des masseurs-kinésithérapeutes, article 1.2")
            && texte.contains("en vigueur depuis le 26 août 2023"),
        "{texte}"
    );
}
