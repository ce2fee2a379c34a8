//! The pages that ask for no session, and the answers to what is not there.

use regles::droits::Role;

use super::super::harness::Browser;
use crate::util::Caisse;
use crate::util::app::TestApp;

#[actix_web::test]
async fn les_pages_publiques() {
    let caisse = Caisse::start();
    let n = Browser::start().await;
    for (nom, chemin) in [
        ("accessibilite", "/accessibilite"),
        ("plan", "/plan"),
        ("aide", "/aide"),
        ("aide-caisse", "/aide/caisse"),
        ("aide-professionnel", "/aide/professionnel"),
        ("aide-glossaire", "/aide/glossaire"),
        ("mentions-legales", "/mentions-legales"),
        ("zones", "/zones?q=mart"),
        ("connexion", "/connexion"),
        ("courriel-envoye", "/courriel/envoye"),
        ("courriel-verifier", "/courriel/verifier?jeton=perdu"),
        ("mot-de-passe-oubli", "/mot-de-passe/oubli"),
        ("introuvable", "/rien-de-tel"),
    ] {
        n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;
        n.inspect(nom).await;
    }
}

#[actix_web::test]
async fn ce_que_disent_les_courriels_et_leurs_liens() {
    let caisse = Caisse::start();
    let compte = caisse.app.compte(Role::Kine, None);
    let n = Browser::start().await;
    let aller = async |chemin: &str| n.goto(&format!("{}{chemin}", caisse.app.adresse)).await;
    aller("/connexion").await;
    n.fill("Adresse électronique", &compte.courriel).await;
    n.fill("Mot de passe", "ce n’est pas le bon mot").await;
    n.press(fantoccini::key::Key::Enter).await;
    n.see("mot de passe").await;
    n.inspect("connexion-refusee").await;

    aller("/mot-de-passe/oubli").await;
    n.fill("Adresse électronique", &compte.courriel).await;
    n.click("Recevoir le lien").await;
    n.see("message").await;
    let courriels = caisse.app.vider_courriels().await;
    let lien = courriels
        .iter()
        .filter(|c| c.destinataire == compte.courriel)
        .flat_map(|c| c.texte.split_whitespace())
        .find(|mot| mot.contains("/mot-de-passe/nouveau"))
        .expect("a link");
    n.goto(lien).await;
    n.inspect("mot-de-passe-nouveau").await;
}

#[actix_web::test]
async fn la_boite_aux_lettres_de_la_demonstration() {
    let app = TestApp::start_with(&[("RELEVE_MODE", "demo")]);
    let kine = app.compte(Role::Kine, None);
    let n = Browser::start().await;
    let aller = async |chemin: &str| n.goto(&format!("{}{chemin}", app.adresse)).await;
    aller("/mot-de-passe/oubli").await;
    n.fill("Adresse électronique", &kine.courriel).await;
    n.click("Recevoir le lien").await;
    n.see("message").await;
    aller("/_courriels").await;
    n.inspect("courriels").await;
    n.click("mot de passe").await;
    n.see("Bonjour").await;
    n.inspect("courriel").await;
}
