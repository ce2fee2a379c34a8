//! A forgotten password.

use chrono::TimeDelta;
use regles::droits::Role;

use super::{details, lien, mails, sans_jetons, sessions, traces};
use crate::util::Client;
use crate::util::TestApp;
use crate::util::client::Page;
use crate::util::compte::{CompteTest, MOT_DE_PASSE};

const NOUVEAU: &str = "pivoine cargo lundi brouette";

async fn demander(client: &Client, courriel: &str) -> Page {
    let (page, champs) = ("/mot-de-passe/oubli", [("courriel", courriel)]);
    client.post(page, page, &champs).await
}

async fn choisir(client: &Client, lien: &str, nouveau: &str) -> Page {
    client
        .post(lien, "/mot-de-passe/nouveau", &[("nouveau", nouveau)])
        .await
}

fn agent(app: &TestApp) -> CompteTest {
    app.compte(Role::Instructeur, Some("131"))
}

#[actix_web::test]
async fn un_lien_unique_change_le_mot_de_passe_et_ferme_les_sessions() {
    let app = TestApp::start();
    let compte = agent(&app);
    let ouverte = app.connecte(&compte).await;
    let client = app.client();
    assert_eq!(
        demander(&client, &compte.courriel).await.chemin,
        "/courriel/envoye"
    );
    let lien = lien(&app, "mot_de_passe_oublie");
    let page = client.get(&lien).await;
    assert!(page.html.contains("autocomplete=\"new-password\""));
    // A weak password does not use the link up.
    let page = choisir(&client, &lien, "azertyuiop123").await;
    assert_eq!(page.statut, 422);
    assert!(page.html.contains("id=\"champ-nouveau-erreur\""));
    let page = choisir(&client, &lien, NOUVEAU).await;
    assert_eq!(page.chemin, "/connexion");
    assert!(page.texte().contains("Votre mot de passe est changé"));
    assert!(sessions(&app).is_empty());
    assert!(
        ouverte
            .get("/compte")
            .await
            .chemin
            .starts_with("/connexion")
    );
    assert_eq!(mails(&app, "mot_de_passe_change"), 1);
    assert_eq!(
        client
            .connexion(&compte.courriel, MOT_DE_PASSE)
            .await
            .statut,
        422
    );
    let page = client.connexion(&compte.courriel, NOUVEAU).await;
    assert_eq!(page.chemin, "/dossiers");
    // The second use is refused, and says what to do.
    let autre = app.client();
    let page = autre.get(&lien).await;
    assert_eq!(page.statut, 422);
    assert!(page.texte().contains("Ce lien a déjà servi"));
    let jeton = lien.split('=').next_back().expect("a token");
    let champs = [
        ("jeton", jeton),
        ("nouveau", "autre phrase tout à fait neuve"),
    ];
    let page = autre
        .post("/mot-de-passe/oubli", "/mot-de-passe/nouveau", &champs)
        .await;
    assert_eq!(page.statut, 422);
    assert_eq!(mails(&app, "mot_de_passe_change"), 1);
    let natures = traces(&app);
    assert!(natures.iter().any(|n| n == "mot_de_passe.demande"));
    assert!(natures.iter().any(|n| n == "mot_de_passe.change"));
    assert!(!details(&app).contains(jeton) && !details(&app).contains(NOUVEAU));
}

#[actix_web::test]
async fn deux_envois_simultanes_du_lien_n_en_font_aboutir_qu_un() {
    let app = TestApp::start();
    let compte = agent(&app);
    let client = app.client();
    demander(&client, &compte.courriel).await;
    let mut champs = client.caches(&lien(&app, "mot_de_passe_oublie")).await;
    champs.push(("nouveau".to_owned(), NOUVEAU.to_owned()));
    let envois = (0..4).map(|_| client.post_brut("/mot-de-passe/nouveau", &champs));
    let pages = futures_util::future::join_all(envois).await;
    let reussis = pages.iter().filter(|p| p.chemin == "/connexion").count();
    assert_eq!((reussis, mails(&app, "mot_de_passe_change")), (1, 1));
}

#[actix_web::test]
async fn le_lien_vit_une_heure_et_le_dernier_seul_compte() {
    let app = TestApp::start();
    let compte = agent(&app);
    let client = app.client();
    demander(&client, &compte.courriel).await;
    let premier = lien(&app, "mot_de_passe_oublie");
    demander(&client, &compte.courriel).await;
    assert_eq!(
        mails(&app, "mot_de_passe_oublie"),
        1,
        "not twice in two minutes"
    );
    app.state.clock.advance(TimeDelta::minutes(3));
    demander(&client, &compte.courriel).await;
    let second = lien(&app, "mot_de_passe_oublie");
    assert_ne!(premier, second);
    assert_eq!(client.get(&premier).await.statut, 422);
    app.state.clock.advance(TimeDelta::minutes(59));
    assert_eq!(client.get(&second).await.statut, 200);
    app.state.clock.advance(TimeDelta::minutes(1));
    assert_eq!(client.get(&second).await.statut, 422);
    assert_eq!(choisir(&client, &second, NOUVEAU).await.statut, 422);
}

#[actix_web::test]
async fn la_reponse_est_la_meme_que_le_compte_existe_ou_non() {
    let app = TestApp::start();
    let compte = agent(&app);
    let client = app.client();
    let connue = demander(&client, &compte.courriel).await;
    let inconnue = demander(&client, "personne@example.fr").await;
    assert_eq!(connue.statut, inconnue.statut);
    assert_eq!(sans_jetons(&connue), sans_jetons(&inconnue));
    assert_eq!(app.deposes().len(), 1);
    let page = demander(&client, "pas une adresse").await;
    assert_eq!(page.statut, 422);
    assert!(page.html.contains("value=\"pas une adresse\""));
}

#[actix_web::test]
async fn choisir_un_nouveau_mot_de_passe_rouvre_un_compte_ferme() {
    let app = TestApp::start();
    let compte = agent(&app);
    let client = app.client();
    for _ in 0..5 {
        client.connexion(&compte.courriel, "faux").await;
    }
    assert_eq!(
        client
            .connexion(&compte.courriel, MOT_DE_PASSE)
            .await
            .statut,
        422
    );
    demander(&client, &compte.courriel).await;
    choisir(&client, &lien(&app, "mot_de_passe_oublie"), NOUVEAU).await;
    let page = client.connexion(&compte.courriel, NOUVEAU).await;
    assert_eq!(page.chemin, "/dossiers");
}

#[actix_web::test]
async fn un_lien_d_un_usage_ne_sert_pas_a_l_autre() {
    let app = TestApp::start();
    let compte = agent(&app);
    let client = app.client();
    demander(&client, &compte.courriel).await;
    let lien = lien(&app, "mot_de_passe_oublie");
    let jeton = lien.split('=').next_back().expect("a token");
    let page = client
        .post("/connexion", "/courriel/verifier", &[("jeton", jeton)])
        .await;
    assert_eq!(page.statut, 422);
    assert_eq!(
        client.get(&lien).await.statut,
        200,
        "and it still serves its own"
    );
}
