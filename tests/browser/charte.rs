//! The charter and its call in Chromium: what the candidate, the agents and the public see (REG-12).

use fantoccini::key::Key;

use super::harness::Browser;
use crate::util::compte::{CompteTest, MOT_DE_PASSE};
use crate::web::charte::Appel;

async fn connecter(browser: &Browser, adresse: &str, qui: &CompteTest) {
    browser.goto(&format!("{adresse}/connexion")).await;
    browser.fill("Adresse électronique", &qui.courriel).await;
    browser.fill("Mot de passe", MOT_DE_PASSE).await;
    browser.press(Key::Enter).await;
    browser.see(&qui.nom).await;
}

#[actix_web::test]
async fn reg_12_les_pages_de_l_attribution_sont_accessibles() {
    let appel = Appel::ouvert().await;
    let adresse = &appel.caisse.app.adresse;
    let browser = Browser::start().await;
    browser.goto(&format!("{adresse}/appels")).await;
    browser.inspect("appels").await;
    connecter(&browser, adresse, &appel.candidats[0]).await;
    browser
        .goto(&format!("{adresse}/appels/{}", appel.id))
        .await;
    browser.see("Déposer ma candidature").await;
    browser.inspect("appel-candidater").await;
    appel.classer().await;
    browser
        .client
        .delete_all_cookies()
        .await
        .expect("the cookies are forgotten");
    connecter(&browser, adresse, &appel.caisse.signataire).await;
    for (chemin, nom) in [
        ("/charte".to_owned(), "charte"),
        ("/charte/nouvelle".to_owned(), "charte-nouvelle"),
        ("/attributions".to_owned(), "attributions"),
        (format!("/attributions/{}", appel.id), "attribution"),
        (
            format!("/attributions/{}/attribuer", appel.id),
            "attribution-attribuer",
        ),
    ] {
        browser.goto(&format!("{adresse}{chemin}")).await;
        browser.inspect(nom).await;
    }
}
