//! Two browsers at once on one file: each knows that the other is there, and who comes second reads what changed.

use fantoccini::key::Key;
use regles::droits::Role;

use super::harness::Browser;
use crate::util::Caisse;
use crate::util::builders::UneDemande;
use crate::util::compte::{CompteTest, MOT_DE_PASSE};

/// A browser in which this account is logged in.
pub async fn ouvrir(caisse: &Caisse, qui: &CompteTest, javascript: bool) -> Browser {
    let browser = if javascript {
        Browser::start().await
    } else {
        Browser::without_javascript().await
    };
    connecter(&browser, caisse, qui).await;
    browser
}

/// Logs an account in.
pub async fn connecter(browser: &Browser, caisse: &Caisse, qui: &CompteTest) {
    browser
        .goto(&format!("{}/connexion", caisse.app.adresse))
        .await;
    browser.fill("Adresse électronique", &qui.courriel).await;
    browser.fill("Mot de passe", MOT_DE_PASSE).await;
    // A link of the header carries the words of the button.
    browser.press(Key::Enter).await;
    browser.see(&qui.nom).await;
}

#[actix_web::test]
async fn deux_personnes_sur_un_dossier() {
    let caisse = Caisse::start();
    let kine = caisse.app.compte(Role::Kine, None);
    caisse.decor.demande(&UneDemande {
        kine_id: kine.kine_id.expect("a practitioner"),
        ..UneDemande::default()
    });
    let responsable = caisse.app.compte(Role::Responsable, Some("131"));
    let dossier = format!("{}/dossiers/131-2026-000001", caisse.app.adresse);
    let elle = ouvrir(&caisse, &responsable, true).await;
    let lui = ouvrir(&caisse, &caisse.instructeur, true).await;

    elle.goto(&dossier).await;
    lui.goto(&dossier).await;
    lui.see(&format!(
        "Ce dossier est aussi ouvert par {}",
        responsable.nom
    ))
    .await;
    elle.goto(&dossier).await;
    elle.see(&format!(
        "Ce dossier est aussi ouvert par {}",
        caisse.instructeur.nom
    ))
    .await;

    lui.click("Corriger des données").await;
    lui.fill("Adresse professionnelle", "3 rue de la République")
        .await;
    lui.fill("Motif de la correction", "Relevé sur le bail")
        .await;
    elle.click("Prendre en charge").await;
    elle.see("Vous suivez ce dossier").await;

    lui.click("Corriger ces données").await;
    lui.see("Ce qui a changé entre-temps").await;
    lui.see(&format!("{} a pris le dossier en charge", responsable.nom))
        .await;
    assert_eq!(
        lui.value("Adresse professionnelle").await,
        "3 rue de la République"
    );
    assert_eq!(
        lui.value("Motif de la correction").await,
        "Relevé sur le bail"
    );
    lui.inspect("dossier-fusion").await;
    // Having read it, he sends it again.
    lui.click("Corriger ces données").await;
    lui.see("C’est corrigé").await;
    lui.inspect("dossier-corrige").await;

    // She whose file it is reads what was changed, and writes back: the queue says so.
    elle.client.delete_all_cookies().await.expect("no session");
    connecter(&elle, &caisse, &kine).await;
    let demande = format!("{}/demandes/131-2026-000001", caisse.app.adresse);
    elle.goto(&demande).await;
    elle.see("Données corrigées par la caisse").await;
    elle.inspect("demande-corrigee").await;
    elle.goto(&format!("{demande}/messages")).await;
    elle.fill("Votre message", "C’est bien cette adresse").await;
    elle.click("Envoyer le message").await;
    elle.see("Votre message est envoyé").await;
    lui.goto(&format!("{}/dossiers", caisse.app.adresse)).await;
    lui.see("Un message non lu").await;
    lui.inspect("file-non-lus").await;
    lui.goto(&dossier).await;
    lui.see("1 message non lu de").await;
    lui.inspect("dossier-non-lus").await;
}
