//! My account: identity, sessions, password.

use chrono::TimeDelta;
use regles::droits::Role;

use super::{mails, sessions, traces};
use crate::util::TestApp;
use crate::util::compte::MOT_DE_PASSE;

const NOUVEAU: &str = "pivoine cargo lundi brouette";

#[actix_web::test]
async fn la_page_dit_qui_je_suis_et_mes_connexions() {
    let app = TestApp::start();
    let compte = app.compte(Role::Signataire, Some("131"));
    let client = app.connecte(&compte).await;
    let _autre = app.connecte(&compte).await;
    let page = client.get("/compte").await;
    let texte = page.texte();
    for attendu in [
        compte.nom.as_str(),
        &compte.courriel,
        "Signataire",
        "CPAM 131",
        "Directrice",
        "Cet appareil",
        "Fermer toutes les autres connexions",
    ] {
        assert!(texte.contains(attendu), "{attendu}: {texte}");
    }
    assert_eq!(
        page.html
            .matches("action=\"/compte/sessions/fermer\"")
            .count(),
        1
    );
}

#[actix_web::test]
async fn fermer_une_connexion_ne_touche_que_la_sienne() {
    let app = TestApp::start();
    let (moi, elle) = (app.compte(Role::Ars, None), app.compte(Role::Ars, None));
    let client = app.connecte(&moi).await;
    let telephone = app.connecte(&moi).await;
    let avant = sessions(&app);
    let etrangere = app.connecte(&elle).await;
    // Her session answers as if it did not exist.
    let sienne = sessions(&app)
        .into_iter()
        .find(|s| !avant.contains(s))
        .expect("her session");
    let page = client
        .post_brut("/compte/sessions/fermer", &avec(&client, &sienne).await)
        .await;
    assert_eq!(page.statut, 404);
    assert_eq!(etrangere.get("/compte").await.chemin, "/compte");
    let page = client.post("/compte", "/compte/sessions/fermer", &[]).await;
    assert_eq!((page.statut, page.chemin.as_str()), (200, "/compte"));
    assert!(page.texte().contains("La connexion est fermée"));
    assert!(
        telephone
            .get("/compte")
            .await
            .chemin
            .starts_with("/connexion")
    );
    assert_eq!(client.get("/compte").await.chemin, "/compte");
    assert!(traces(&app).iter().any(|n| n == "session.fermee"));
}

async fn avec(client: &crate::util::Client, session: &str) -> Vec<(String, String)> {
    let mut champs = client.caches("/compte").await;
    champs.retain(|(nom, _)| nom == "_csrf");
    champs.push(("session".to_owned(), session.to_owned()));
    champs
}

#[actix_web::test]
async fn fermer_toutes_les_autres_garde_celle_ci() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let client = app.connecte(&compte).await;
    let autres = [app.connecte(&compte).await, app.connecte(&compte).await];
    let page = client
        .post("/compte", "/compte/sessions/fermer-autres", &[])
        .await;
    assert_eq!(page.chemin, "/compte");
    for autre in &autres {
        assert!(autre.get("/compte").await.chemin.starts_with("/connexion"));
    }
    assert_eq!(sessions(&app).len(), 1);
    assert!(traces(&app).iter().any(|n| n == "session.autres_fermees"));
}

#[actix_web::test]
async fn une_connexion_finie_n_est_plus_montree() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let _oubliee = app.connecte(&compte).await;
    app.state.clock.advance(TimeDelta::minutes(121));
    let client = app.connecte(&compte).await;
    let page = client.get("/compte").await;
    assert!(!page.html.contains("action=\"/compte/sessions/fermer\""));
}

#[actix_web::test]
async fn changer_de_mot_de_passe_ferme_les_autres_connexions() {
    let app = TestApp::start();
    let compte = app.compte(Role::Instructeur, Some("131"));
    let client = app.connecte(&compte).await;
    let autre = app.connecte(&compte).await;
    let avant = sessions(&app);
    let changer = async |actuel: &str, nouveau: &str| {
        let champs = [("actuel", actuel), ("nouveau", nouveau)];
        client
            .post("/compte", "/compte/mot-de-passe", &champs)
            .await
    };
    let page = changer("pas le bon", NOUVEAU).await;
    assert_eq!(page.statut, 422);
    assert!(page.html.contains("id=\"champ-actuel-erreur\""));
    let page = changer(MOT_DE_PASSE, "bonjourbonjour").await;
    assert_eq!(page.statut, 422);
    assert!(page.html.contains("id=\"champ-nouveau-erreur\""));
    assert_eq!(autre.get("/compte").await.chemin, "/compte");
    let page = changer(MOT_DE_PASSE, NOUVEAU).await;
    assert_eq!((page.statut, page.chemin.as_str()), (200, "/compte"));
    assert!(
        page.texte().contains("Votre mot de passe est changé"),
        "{}",
        page.texte()
    );
    assert!(autre.get("/compte").await.chemin.starts_with("/connexion"));
    let apres = sessions(&app);
    assert_eq!(apres.len(), 1);
    assert!(
        !avant.contains(&apres[0]),
        "this session goes on under another token"
    );
    assert_eq!(mails(&app, "mot_de_passe_change"), 1);
    let neuf = app.client();
    assert_eq!(
        neuf.connexion(&compte.courriel, MOT_DE_PASSE).await.statut,
        422
    );
    assert_eq!(
        neuf.connexion(&compte.courriel, NOUVEAU).await.chemin,
        "/dossiers"
    );
}

#[actix_web::test]
async fn deviner_le_mot_de_passe_actuel_ferme_le_compte() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let client = app.connecte(&compte).await;
    for _ in 0..5 {
        let champs = [("actuel", "faux"), ("nouveau", NOUVEAU)];
        client
            .post("/compte", "/compte/mot-de-passe", &champs)
            .await;
    }
    let champs = [("actuel", MOT_DE_PASSE), ("nouveau", NOUVEAU)];
    let page = client
        .post("/compte", "/compte/mot-de-passe", &champs)
        .await;
    assert_eq!(page.statut, 422);
    assert!(traces(&app).iter().any(|n| n == "compte.verrouille"));
}

#[actix_web::test]
async fn une_connexion_previent_avant_de_finir_et_se_prolonge() {
    let app = TestApp::start();
    let compte = app.compte(Role::Ars, None);
    let client = app.connecte(&compte).await;
    let avertie =
        |page: &crate::util::client::Page| page.texte().contains("Votre connexion se termine à");
    // Somebody at work all day: never two hours without a page.
    for _ in 0..7 {
        assert!(!avertie(&client.get("/compte").await));
        app.state.clock.advance(TimeDelta::minutes(99));
    }
    let page = client.get("/compte").await;
    assert_eq!(page.chemin, "/compte");
    assert!(avertie(&page), "{}", page.texte());
    // Logged in at 11 in Paris.
    assert!(
        page.texte().contains("se termine à 23 h 00"),
        "{}",
        page.texte()
    );
    let page = client.post("/compte", "/compte/prolonger", &[]).await;
    assert!(
        page.texte().contains("dure maintenant jusqu’à 10 h 33"),
        "{}",
        page.texte()
    );
    assert!(traces(&app).iter().any(|n| n == "session.prolongee"));
    for _ in 0..7 {
        app.state.clock.advance(TimeDelta::minutes(99));
        assert_eq!(client.get("/compte").await.chemin, "/compte");
    }
    // Not for ever: a day after the login it ends, and the button that cannot help is not there.
    client.post("/compte", "/compte/prolonger", &[]).await;
    app.state.clock.advance(TimeDelta::minutes(30));
    let page = client.get("/compte").await;
    assert!(
        avertie(&page) && page.texte().contains("11 h 00"),
        "{}",
        page.texte()
    );
    assert!(!page.html.contains("/compte/prolonger"), "{}", page.html);
    app.state.clock.advance(TimeDelta::minutes(25));
    assert!(client.get("/compte").await.chemin.starts_with("/connexion"));
}
