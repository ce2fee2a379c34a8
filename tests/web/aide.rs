//! The help: served to everybody, and each screen leads to its passage.

use crate::util::{Caisse, TestApp};

#[actix_web::test]
async fn les_guides_et_le_glossaire_se_lisent_sans_compte() {
    let app = TestApp::start();
    let visiteur = app.client();
    let accueil = visiteur.get("/aide").await;
    assert_eq!(accueil.statut, 200);
    for (adresse, dit) in [
        ("/aide/professionnel", "id=\"vous-partez\""),
        ("/aide/caisse", "id=\"examiner-les-pieces\""),
        ("/aide/glossaire", "id=\"designation\""),
        ("/regles", "Ce que dit chaque règle"),
    ] {
        assert!(
            accueil.html.contains(&format!("href=\"{adresse}")),
            "{adresse}"
        );
        let page = visiteur.get(adresse).await;
        assert_eq!(page.statut, 200, "{adresse}");
        assert!(page.html.contains(dit), "{adresse}: {dit}");
        assert!(!page.html.contains("<!-- capture"), "{adresse}");
    }
    assert_eq!(visiteur.get("/aide/inconnu").await.statut, 404);
}

#[actix_web::test]
async fn la_file_et_un_dossier_menent_a_leur_passage() {
    let caisse = Caisse::start();
    let s = caisse.succession(1, regles::demande::EtatDemande::Deposee);
    let agent = caisse.instructeur().await;
    for (chemin, passage) in [
        ("/dossiers".to_owned(), "/aide/caisse#la-file"),
        (format!("/dossiers/{}", s.numero), "/aide/caisse#un-dossier"),
        (
            format!("/dossiers/{}/pieces", s.numero),
            "/aide/caisse#examiner-les-pieces",
        ),
    ] {
        let page = agent.get(&chemin).await.html;
        assert!(page.contains(&format!("href=\"{passage}\"")), "{chemin}");
    }
}
