//! The mailbox of the demonstration.

use courriers::Courrier;
use courriers::compte::CompteVerification;

use crate::util::TestApp;

fn deposer(app: &TestApp) {
    let lettre = CompteVerification {
        nom: "Claire <seul> Martin",
        limite: app.state.clock.now(),
        requete: "jeton=abc",
    }
    .lettre();
    let acte = releve::actions::Acte {
        acteur: releve::actions::Acteur::releve(app.state.clock.now()),
        reglement: app.state.reglement(),
        url_publique: app.adresse.clone(),
    };
    app.state
        .db
        .write(|tx| {
            releve::actions::courriel::deposer(tx, &acte, "essai:1", "claire@example.fr", &lettre)
        })
        .unwrap();
}

#[actix_web::test]
async fn la_demonstration_montre_ses_courriels_et_leurs_liens() {
    let app = TestApp::start_with(&[("RELEVE_MODE", "demo")]);
    let client = app.client();
    let vide = client.get("/_courriels").await;
    assert!(vide.texte().contains("Aucun courriel"), "{}", vide.html);
    deposer(&app);
    let liste = client.get("/_courriels").await;
    assert_eq!(liste.statut, 200);
    assert!(liste.texte().contains("À envoyer"), "{}", liste.texte());
    app.vider_courriels().await;
    let liste = client.get("/_courriels").await;
    assert!(liste.texte().contains("claire@example.fr") && liste.texte().contains("Envoyé"));

    let lien = liste.html.split("href=\"/_courriels/").nth(1).unwrap();
    let id = lien.split('"').next().unwrap();
    let page = client.get(&format!("/_courriels/{id}")).await;
    assert_eq!(page.statut, 200);
    assert!(page.texte().contains("Bonjour Claire"));
    assert!(page.html.contains("&#60;seul&#62;") && !page.html.contains("<seul>"));
    let adresse = format!("href=\"{}/courriel/verifier?jeton=abc\"", app.adresse);
    assert!(page.html.contains(&adresse), "{}", page.html);
    assert_eq!(client.get("/_courriels/999999").await.statut, 404);
}

#[actix_web::test]
async fn ailleurs_la_boite_n_existe_pas() {
    let app = TestApp::start();
    deposer(&app);
    for chemin in ["/_courriels", "/_courriels/1"] {
        assert_eq!(app.client().get(chemin).await.statut, 404, "{chemin}");
    }
}
